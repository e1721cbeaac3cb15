import { describe, expect, it } from 'vitest';
import { handMadeRecord } from '../testing/handMadeRecord';
import type { RunRecord } from './runRecord';
import { scoresCsv } from './scoresCsv';

function linesOf(record: RunRecord): string[] {
  const csv = scoresCsv(record);
  expect(csv.endsWith('\n')).toBe(true);
  return csv.slice(0, -1).split('\n');
}

describe('scoresCsv', () => {
  it('has a row for every channel there is, before the run and after every round, by its first index', () => {
    expect(linesOf(handMadeRecord())).toEqual([
      'arm,round,layer,channel,score,standard_error,temperature,pruned_in_round',
      'unpruned,0,conv2,0,0.5,0.01,2,',
      'unpruned,0,conv2,1,0.25,0.02,2,',
      'unpruned,0,conv2,2,,,2,',
      'unpruned,0,conv2,3,0.75,0.03,2,',
      'snnl,1,conv2,0,0.625,0.01,2,',
      'snnl,1,conv2,2,,,2,',
      'snnl,1,conv2,3,0.375,0.02,2,2',
      'snnl,2,conv2,0,0.5,0.01,2,',
      'snnl,2,conv2,2,,,2,',
    ]);
  });

  it('names the round that prunes a channel for each arm by itself', () => {
    const record = handMadeRecord();
    const random = { ...record.arms[0]!, arm: 'random' as const };
    random.rounds = random.rounds.slice(0, 1);
    const lines = linesOf({ ...record, arms: [...record.arms, random] });
    expect(lines).toContain('snnl,1,conv2,3,0.375,0.02,2,2');
    expect(lines).toContain('random,1,conv2,3,0.375,0.02,2,');
  });

  it('is the baseline alone while no round is done', () => {
    const record = handMadeRecord();
    expect(linesOf({ ...record, arms: [] })).toHaveLength(1 + 4);
  });
});
