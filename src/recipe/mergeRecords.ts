import type { RunRecord } from './runRecord';

/**
 * Two records of the same run, one stored and one from a file: the one that got further, with every look at the test
 * split that either knows of. A look once taken stays counted, and no finished round is lost.
 *
 * @param given marked as imported. A stored run that was computed here stays so, unless something of the file's is in it.
 */
export function mergeRecords(stored: RunRecord, given: RunRecord): RunRecord {
  const further = finishedRounds(given) > finishedRounds(stored) ? given : stored;
  // Of a look that both know, the stored one counts.
  const looks = new Map([...given.testLooks, ...stored.testLooks].map((look) => [look.at, look]));
  const inOrder = [...looks.values()].sort((a, b) => a.at.localeCompare(b.at));
  const isMerged = further === stored && inOrder.length > stored.testLooks.length && given.origin !== undefined;
  const origin = further.origin ?? (isMerged ? { kind: 'merged' as const, at: given.origin!.at } : undefined);
  return { ...further, ...(origin && { origin }), testLooks: inOrder };
}

function finishedRounds({ arms }: RunRecord): number {
  return arms.reduce((sum, { rounds }) => sum + rounds.length, 0);
}
