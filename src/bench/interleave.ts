/**
 * Measures variants in turns, so that a load that comes and goes hits all of them alike: each once unmeasured, then
 * `reps` rounds in which each has one turn. Every round begins with another variant.
 *
 * @param variants what to measure, by name; each call gives one time
 * @param reps rounds, at least 1
 * @returns for each variant its times, one per round, in the order of the rounds
 */
export async function interleave(
  variants: Record<string, () => Promise<number>>,
  reps: number,
): Promise<Record<string, number[]>> {
  const names = Object.keys(variants);
  const times: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await variants[name]!();
  for (let round = 0; round < reps; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length]!;
      times[name]!.push(await variants[name]!());
    }
  }
  return times;
}
