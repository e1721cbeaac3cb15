/** How a number differs between groups; groups where it is undefined are left out. */
export interface GroupSpread {
  /** Mean over the groups, each counting the same; null when it is undefined in all. */
  average: number | null;
  worst: { value: number | null; group: number | null };
  /** Largest minus smallest, and the two groups; null when it is defined in fewer than two. */
  gap: { value: number | null; pair: [number, number] | null };
}

/**
 * Mean, worst group and largest gap of one number per group. On a tie the lower group is named.
 *
 * @param better which direction is the good one
 */
export function spreadOfGroups(values: readonly (number | null)[], better: 'higher' | 'lower'): GroupSpread {
  let sum = 0;
  let defined = 0;
  let lowest = -1;
  let highest = -1;
  for (const [group, value] of values.entries()) {
    if (value === null) continue;
    defined++;
    sum += value;
    if (lowest < 0 || value < values[lowest]!) lowest = group;
    if (highest < 0 || value > values[highest]!) highest = group;
  }
  if (defined === 0) return { average: null, worst: { value: null, group: null }, gap: { value: null, pair: null } };
  const worst = better === 'higher' ? lowest : highest;
  return {
    average: sum / defined,
    worst: { value: values[worst]!, group: worst },
    gap:
      defined < 2 ? { value: null, pair: null } : { value: values[highest]! - values[lowest]!, pair: pairOf(values) },
  };
}

/** The two groups that are furthest apart, the lower one first; with equal values the first two that are defined. */
function pairOf(values: readonly (number | null)[]): [number, number] {
  let pair: [number, number] = [0, 0];
  let largest = -1;
  for (const [a, valueA] of values.entries()) {
    for (let b = a + 1; b < values.length; b++) {
      const valueB = values[b];
      if (valueA === null || valueB === null || valueB === undefined) continue;
      const distance = Math.abs(valueA - valueB);
      if (distance > largest) {
        largest = distance;
        pair = [a, b];
      }
    }
  }
  return pair;
}
