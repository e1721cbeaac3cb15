/**
 * Two gaps closer than this differ by the rounding of float64 alone. With groups of n samples and K classes, gaps that
 * truly differ are at least about 1 / (n² K) apart: more than this for any set that fits a browser.
 */
export const roundingResidue = 1e-14;
