import { describe, expect, it } from 'vitest';
import { modelId } from '../foundation/ids';
import { handMadeRecord } from '../testing/handMadeRecord';
import { oldRounds } from './oldRounds';
import type { ArmRecord, RunRecord } from './runRecord';

const [pattern] = handMadeRecord().arms[0]!.rounds;
const arm = (name: ArmRecord['arm'], count: number, chosenRound: number): ArmRecord => ({
  arm: name,
  rounds: Array.from({ length: count }, (_, index) => {
    const round = index + 1;
    return { ...pattern!, round, modelId: modelId(`${name}~${round}`), bytes: 10 * round };
  }),
  stop: null,
  chosenRound,
});
const run = (status: RunRecord['status'], ...arms: ArmRecord[]) => oldRounds({ status, arms });

describe('old rounds', () => {
  it('are all but the last, the one that the arm reports and the one that SNNL-Fair reports', () => {
    const old = run('finished', arm('snnl', 5, 2), arm('random', 4, 1));
    expect(old).toEqual([
      { arm: 'snnl', round: 1, modelId: 'snnl~1', bytes: 10 },
      { arm: 'snnl', round: 3, modelId: 'snnl~3', bytes: 30 },
      { arm: 'snnl', round: 4, modelId: 'snnl~4', bytes: 40 },
      { arm: 'random', round: 3, modelId: 'random~3', bytes: 30 },
    ]);
  });

  it('are all but the last where no round is reported', () => {
    expect(run('finished', arm('snnl', 3, 0)).map(({ modelId: id }) => id)).toEqual(['snnl~1', 'snnl~2']);
  });

  it.each(['running', 'cancelled', 'failed'] as const)(
    'are none of a run that is %s: it can be gone on with',
    (status) => {
      expect(run(status, arm('snnl', 5, 2))).toEqual([]);
    },
  );
});
