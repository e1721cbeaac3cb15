import { describe, expect, it } from 'vitest';
import { mergeRecords } from './mergeRecords';
import type { RunRecord } from './runRecord';

/** Only what merging looks at. */
function record(rounds: number, looks: string[], name = ''): RunRecord {
  return {
    id: 'run',
    layer: name,
    arms: [{ arm: 'snnl', rounds: Array.from({ length: rounds }, () => ({})) }],
    testLooks: looks.map((at) => ({ at })),
  } as unknown as RunRecord;
}

describe('a stored run and a record of it from a file', () => {
  it('an older file takes away no look at the test split', () => {
    const merged = mergeRecords(record(2, ['2026-01-02']), record(2, []));
    expect(merged.testLooks).toHaveLength(1);
  });

  it('looks of both are counted once each, in order', () => {
    const merged = mergeRecords(record(2, ['2026-01-02', '2026-01-03']), record(2, ['2026-01-01', '2026-01-03']));
    expect(merged.testLooks.map(({ at }) => at)).toEqual(['2026-01-01', '2026-01-02', '2026-01-03']);
  });

  it('the one with more finished rounds wins, the stored one on a tie', () => {
    expect(mergeRecords(record(2, [], 'stored'), record(1, [], 'given')).layer).toBe('stored');
    expect(mergeRecords(record(2, [], 'stored'), record(2, [], 'given')).layer).toBe('stored');
    expect(mergeRecords(record(1, [], 'stored'), record(2, [], 'given')).layer).toBe('given');
  });
});
