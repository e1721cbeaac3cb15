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

const imported = (of: RunRecord): RunRecord => ({ ...of, origin: { kind: 'imported', at: '2026-02-01' } });

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

  it('a look that both know is the stored one', () => {
    const changed = {
      ...record(2, []),
      testLooks: [{ at: '2026-01-02', baseline: 'changed' }],
    } as unknown as RunRecord;
    const { testLooks } = mergeRecords(record(2, ['2026-01-02']), imported(changed));
    expect(testLooks).toEqual([{ at: '2026-01-02' }]);
  });

  it.each([
    ['a run computed here, whose file has nothing new', record(2, ['2026-01-02']), record(2, []), undefined],
    ['a run computed here, of which the file has more rounds', record(1, []), record(2, []), 'imported'],
    ['a run computed here, of which the file has another look', record(2, []), record(2, ['2026-01-02']), 'merged'],
    ['a run read from a file before', imported(record(2, [])), record(2, []), 'imported'],
  ])('%s is marked by where its results come from', (_, stored, given, kind) => {
    expect(mergeRecords(stored, imported(given)).origin?.kind).toBe(kind);
  });
});
