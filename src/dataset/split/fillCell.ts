/** A share such as 3 × 0.2 / 0.6 is meant to be whole and is not, by a rounding error. */
const rounding = 1e-9;

/**
 * How many samples each part of one cell gets in the end, when some are placed and the rest may go anywhere: every part
 * its share rounded down, and what is left over to parts that are still below their share, so that nothing is a whole
 * sample off. Where that cannot be, because too much is placed, each sample goes to the part that lacks most.
 *
 * @param placed samples that each part has
 * @param shares what each part should have, not rounded; they sum to the size of the cell
 * @param owed how far each part as a whole is below its share so far: decides where left-overs go
 * @returns counts ≥ `placed` with the sum of `shares`
 */
export function fillCell(placed: readonly number[], shares: readonly number[], owed: readonly number[]): number[] {
  const size = Math.round(sum(shares));
  const counts = shares.map((share, part) => Math.max(placed[part]!, Math.floor(share + rounding)));
  let left = size - sum(counts);
  if (left < 0) return fillOneByOne(placed, shares, size);
  const open = shares.flatMap((share, part) => (share - counts[part]! > rounding ? [part] : []));
  const owes = (part: number) => owed[part]! + shares[part]! - counts[part]!;
  for (const part of open.sort((a, b) => owes(b) - owes(a))) {
    if (left === 0) break;
    counts[part]!++;
    left--;
  }
  return counts;
}

function fillOneByOne(placed: readonly number[], shares: readonly number[], size: number): number[] {
  const counts = [...placed];
  for (let left = size - sum(counts); left > 0; left--) {
    const lacks = shares.map((share, part) => share - counts[part]!);
    counts[lacks.indexOf(Math.max(...lacks))]!++;
  }
  return counts;
}

/** How far a filled cell is from having every part less than one sample off; 0 when it has. */
export function missBy(counts: readonly number[], shares: readonly number[]): number {
  return sum(counts.map((count, part) => Math.max(0, Math.abs(count - shares[part]!) - 1 + rounding) ** 2));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
