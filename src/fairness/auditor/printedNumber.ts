/** A number as it is printed, and all values that round to it. */
export interface PrintedNumber {
  /** As it stands in the table. */
  text: string;
  value: number;
  /** Lowest and highest value that print so: half a unit of the last digit to both sides, ends included. */
  low: number;
  high: number;
}

const decoration = /\*\*|__|\\(?:textbf|mathbf|underline)\{|[{}$*†‡]/g;
const numberText = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:\s*%)?(?:\s*(?:±|\\pm)\s*\d*\.?\d+)?$/;

/**
 * Reads a printed number with the digits that it is printed with: `.510` stands for 0.5095 … 0.5105. Bold, footnote marks and the like
 * are passed over, a true minus sign is one, and what follows ± is not used.
 *
 * @param scale what one printed unit means: 0.01 in a column of percentages
 * @returns null when the text is no number
 */
export function readPrintedNumber(text: string, scale = 1): PrintedNumber | null {
  const plain = text.replaceAll(decoration, '').replaceAll(/[−–]/g, '-').trim();
  const digits = numberText.exec(plain)?.[1];
  if (digits === undefined) return null;
  const decimals = digits.split('.')[1]?.length ?? 0;
  const value = Number(digits);
  const half = 0.5 * 10 ** -decimals;
  return { text: text.trim(), value: value * scale, low: (value - half) * scale, high: (value + half) * scale };
}
