/** ln 2 in two parts: the first has few enough digits that a whole multiple of it is exact. */
const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;
/** Coefficients in r² of r(eʳ + 1)/(eʳ − 1) = 2 + c₁r² + …, fitted on |r| ≤ ln 2 / 2. */
const coefficients = [
  1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.6533902205465251539e-6,
  4.13813679705723846039e-8,
] as const;
const largest = 709.782712893384;
const smallest = -745.1332191019412;

/**
 * eˣ, the same to the bit everywhere: it is made of sums, products and quotients alone, which IEEE 754 fixes, while `Math.exp`
 * differs in its last digit from one engine to the next. So a run's figures do not depend on where they are computed.
 *
 * @param x any number
 * @returns within one unit in the last place of eˣ; 0 and ∞ beyond what a double holds, NaN of NaN
 *
 * Method: x = k ln 2 + r, then eʳ by a rational function of r. Source of method and coefficients: FDLIBM, `e_exp.c` (Sun, 1993).
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > largest) return Number.POSITIVE_INFINITY;
  if (x < smallest) return 0;
  const k = Math.round(x / Math.LN2);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const square = r * r;
  const [c1, c2, c3, c4, c5] = coefficients;
  const c = r - square * (c1 + square * (c2 + square * (c3 + square * (c4 + square * c5))));
  const power = 1 - (low - (r * c) / (2 - c) - high);
  // In two steps: 2ᵏ alone can lie outside of what a double holds.
  const half = Math.trunc(k / 2);
  return power * powerOfTwo(half) * powerOfTwo(k - half);
}

const words = new Int32Array(2);
const double = new Float64Array(words.buffer);
const isLittleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;

/** 2ᵏ from its exponent's bits, for −1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  words[isLittleEndian ? 1 : 0] = (1023 + k) << 20;
  return double[0]!;
}
