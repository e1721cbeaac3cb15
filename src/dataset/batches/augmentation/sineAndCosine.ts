const radiansPerDegree = Math.PI / 180;
/** Terms of the two series that are kept: at 45° the first one left out is below 1e-15. */
const terms = 8;

/**
 * Sine and cosine of an angle, from additions and multiplications alone. `Math.sin` and `Math.cos` may differ between
 * browsers in the last bit; this does not. Multiples of 90° are exact.
 */
export function sineAndCosine(degrees: number): { sine: number; cosine: number } {
  const quarters = Math.round(degrees / 90);
  const rest = (degrees - 90 * quarters) * radiansPerDegree;
  const square = rest * rest;
  let sine = 0;
  let cosine = 0;
  // Horner: sin x = x (1 - x²/(2·3) (1 - x²/(4·5) (…))), cos x = 1 - x²/(1·2) (1 - x²/(3·4) (…)).
  for (let n = terms; n >= 1; n--) {
    sine = (square / (2 * n * (2 * n + 1))) * (1 - sine);
    cosine = (square / ((2 * n - 1) * 2 * n)) * (1 - cosine);
  }
  sine = rest * (1 - sine);
  cosine = 1 - cosine;
  for (let turn = ((quarters % 4) + 4) % 4; turn > 0; turn--) [sine, cosine] = [cosine, -sine];
  return { sine, cosine };
}
