/** Sorts by number when all are numbers, so that 10 follows 9; otherwise by character code, the same on every machine. */
export function sortNames(names: Iterable<string>): string[] {
  const list = [...names];
  const allNumbers = list.every((name) => name !== '' && Number.isFinite(Number(name)));
  return allNumbers ? list.sort((a, b) => Number(a) - Number(b)) : list.sort();
}
