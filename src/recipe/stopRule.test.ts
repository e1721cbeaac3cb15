import { describe, expect, it } from 'vitest';
import type { TwoGroupReport } from '../fairness/paperTableSchema';
import { defaultRunConfig } from './runConfig';
import type { RoundRecord } from './runRecord';
import { chooseRound, stopReasonAfter } from './stopRule';

const pruning = { ...defaultRunConfig.pruning, rounds: 3, maxAccuracyDrop: 0.02, minFairnessGain: 0.001 };

/** Only the two numbers that the rule looks at. */
function report(f1: number, eodd: number): TwoGroupReport {
  return { rows: { f1: { avg: f1 } }, eodd } as TwoGroupReport;
}

describe('the stop rule', () => {
  const unpruned = report(0.8, 0.2);

  it('goes on while F1 holds and the gap falls', () => {
    expect(stopReasonAfter(1, { unpruned, previous: unpruned, now: report(0.79, 0.18) }, pruning)).toBeNull();
  });

  it('fires on a drop above th_acc, not on one of exactly th_acc', () => {
    const exactly = { ...pruning, maxAccuracyDrop: 0.25 };
    const half = report(0.75, 0.2);
    expect(stopReasonAfter(1, { unpruned: half, previous: half, now: report(0.5, 0.1) }, exactly)).toBeNull();
    expect(stopReasonAfter(1, { unpruned: half, previous: half, now: report(0.4999, 0.1) }, exactly)).toBe(
      'accuracy-drop',
    );
  });

  it('measures the drop against the unpruned model, even when the last round was worse', () => {
    const previous = report(0.775, 0.2);
    expect(stopReasonAfter(2, { unpruned, previous, now: report(0.779, 0.1) }, pruning)).toBe('accuracy-drop');
  });

  it('measures the gain against the previous round', () => {
    const previous = report(0.8, 0.15);
    expect(stopReasonAfter(2, { unpruned, previous, now: report(0.8, 0.1495) }, pruning)).toBe('no-fairness-gain');
    expect(stopReasonAfter(2, { unpruned, previous, now: report(0.8, 0.148) }, pruning)).toBeNull();
  });

  it('ends after the last round', () => {
    expect(stopReasonAfter(3, { unpruned, previous: unpruned, now: report(0.8, 0.1) }, pruning)).toBe('rounds-done');
  });
});

describe('the chosen round', () => {
  const rounds = [0.1, 0.3, 0.2].map(
    (eodd, i) => ({ round: i + 1, evaluation: { fate: { eopp0: 0, eopp1: 0, eodd } } }) as RoundRecord,
  );

  it('is the one with the highest FATE when nothing stopped the run', () => {
    expect(chooseRound(rounds, { round: 3, reason: 'rounds-done' }, 'eodd')).toBe(2);
    expect(chooseRound(rounds, null, 'eodd')).toBe(2);
  });

  it('is before the round at which a threshold was crossed', () => {
    expect(chooseRound(rounds, { round: 2, reason: 'accuracy-drop' }, 'eodd')).toBe(1);
    expect(chooseRound(rounds, { round: 1, reason: 'no-fairness-gain' }, 'eodd')).toBe(0);
  });

  const fatesOf = (...fates: number[]) =>
    fates.map((eodd, i) => ({ round: i + 1, evaluation: { fate: { eopp0: 0, eopp1: 0, eodd } } }) as RoundRecord);

  it('is none when every FATE is below 0: the unpruned model stands', () => {
    expect(chooseRound(fatesOf(-0.1, -0.3), null, 'eodd')).toBe(0);
    expect(chooseRound(fatesOf(-0.1, 0.01), null, 'eodd')).toBe(2);
    expect(chooseRound(fatesOf(0, 0), null, 'eodd')).toBe(1);
  });

  it('is not one whose fine-tuning was ended early', () => {
    const [first, second] = fatesOf(0.1, 0.5);
    const fineTuning = { endedBy: 'finish-now' as const, keptEpoch: 1, notes: [] };
    expect(chooseRound([first!, { ...second!, fineTuning }], null, 'eodd')).toBe(1);
  });

  it('is none when FATE is undefined', () => {
    const undefinedFate = rounds.map((round) => ({
      ...round,
      evaluation: { ...round.evaluation, fate: { eopp0: null, eopp1: null, eodd: null } },
    }));
    expect(chooseRound(undefinedFate, null, 'eodd')).toBe(0);
  });
});
