import type { RunRecord } from './runRecord';

/**
 * Two records of the same run, one stored and one from a file: the one that got further, with every look at the test
 * split that either knows of. A look once taken stays counted, and no finished round is lost.
 */
export function mergeRecords(stored: RunRecord, given: RunRecord): RunRecord {
  const further = finishedRounds(given) > finishedRounds(stored) ? given : stored;
  const looks = new Map([...stored.testLooks, ...given.testLooks].map((look) => [look.at, look]));
  const inOrder = [...looks.values()].sort((a, b) => a.at.localeCompare(b.at));
  return { ...further, testLooks: inOrder };
}

function finishedRounds({ arms }: RunRecord): number {
  return arms.reduce((sum, { rounds }) => sum + rounds.length, 0);
}
