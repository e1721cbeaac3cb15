import { describe, expect, it } from 'vitest';
import type { Interval } from '../../../fairness/fairnessReport';
import type { ArmName } from '../../../recipe/runConfig';
import type { RunRecord } from '../../../recipe/runRecord';
import { fakeRecord, withFakeLook } from '../../testing/fakeData';
import { verdictSentences } from './verdictSentences';

/** A record whose chosen rounds have the given FATE of Eodd. */
function recordWith(fates: Partial<Record<ArmName, { fate: number | null; interval: Interval | null }>>): RunRecord {
  const record = fakeRecord();
  const arms = record.arms.map((arm) => ({
    ...arm,
    rounds: arm.rounds.map((round) => {
      const wanted = fates[arm.arm];
      if (!wanted || round.round !== arm.chosenRound) return round;
      const { evaluation } = round;
      const bootstrap = { ...evaluation.bootstrap!, fate: { eopp0: null, eopp1: null, eodd: wanted.interval } };
      return {
        ...round,
        evaluation: { ...evaluation, bootstrap, fate: { eopp0: null, eopp1: null, eodd: wanted.fate } },
      };
    }),
  }));
  return { ...record, arms };
}

const around = (fate: number, width: number) => ({ fate, interval: { low: fate - width, high: fate + width } });

describe('the first sentence', () => {
  it.each([
    [
      'says above 0 when the whole interval is',
      around(0.3, 0.1),
      /is 0\.300 \(95 % interval 0\.200 to 0\.400\), above 0\.$/,
    ],
    [
      'says that the interval includes 0',
      around(0.05, 0.2),
      /The interval of FATE includes 0 .* does not show a gain\.$/,
    ],
    [
      'says below 0 when the unpruned model does better',
      around(-0.4, 0.1),
      /is −0\.400 .*below 0: the unpruned model does better\.$/,
    ],
    ['claims nothing without an interval', { fate: 0.3, interval: null }, /no interval, so no gain can be claimed\.$/],
    [
      'says that FATE is undefined',
      { fate: null, interval: null },
      /is undefined: the unpruned model’s gap or its Avg F1 is 0\.$/,
    ],
  ])('%s', (_, snnl, expected) => {
    expect(verdictSentences(recordWith({ snnl }), 'validation')[0]).toMatch(expected);
  });

  it('says why no round is chosen', () => {
    const record = fakeRecord();
    const arms = record.arms.map((arm) => ({
      ...arm,
      chosenRound: 0,
      stop: { round: 1, reason: 'accuracy-drop' as const },
    }));
    expect(verdictSentences({ ...record, arms }, 'validation')).toEqual([
      'No round of SNNL-Fair is chosen: the stop rule fired in round 1, as Avg F1 fell by more than th_acc allows. The unpruned model stands.',
      'Random channels: no round is chosen (stop rule in round 1).',
      'Fine-tuning only: no round is chosen (stop rule in round 1).',
    ]);
  });

  it('judges nothing before a round is finished', () => {
    expect(verdictSentences(fakeRecord(undefined, 0), 'validation')[0]).toMatch(/nothing to judge yet/);
  });
});

describe('the controls', () => {
  const snnl = around(0.3, 0.05);
  const sentencesWith = (random: { fate: number | null; interval: Interval | null }) =>
    verdictSentences(recordWith({ snnl, random }), 'validation').find((sentence) => sentence.startsWith('Random'));

  it('says when random pruning did as well', () => {
    expect(sentencesWith(around(0.31, 0.05))).toBe('Random channels: FATE 0.310, as well as SNNL-Fair or better.');
  });
  it('says when the intervals overlap', () =>
    expect(sentencesWith(around(0.25, 0.05))).toMatch(/but the two intervals overlap\.$/));
  it('says when they are apart', () =>
    expect(sentencesWith(around(0.1, 0.05))).toMatch(/and the two intervals are apart\.$/));
  it.each([
    [0.02, 0.2, /paired 95 % interval 0\.0200 to 0\.200\): SNNL-Fair did better\.$/],
    [-0.1, 0.2, /paired 95 % interval −0\.100 to 0\.200\), which includes 0: no evidence that SNNL-Fair did better\.$/],
    [-0.2, -0.1, /this did better than SNNL-Fair\.$/],
  ])('judges by the paired difference where there is one: %f to %f', (low, high, expected) => {
    const none = { value: null, interval: null };
    const difference = { eopp0: none, eopp1: none, eodd: { value: (low + high) / 2, interval: { low, high } } };
    const record: RunRecord = {
      ...recordWith({ snnl, random: around(0.1, 0.05) }),
      contests: [{ rival: 'random', round: 2, rivalRound: 2, difference }],
    };
    const sentence = verdictSentences(record, 'validation').find((text) => text.startsWith('Random'));
    expect(sentence).toMatch(/^Random channels: FATE 0\.100; SNNL-Fair’s minus this is /);
    expect(sentence).toMatch(expected);
  });
  it('says when there was none', () => {
    const record = recordWith({ snnl });
    const alone = { ...record, arms: record.arms.filter(({ arm }) => arm === 'snnl') };
    expect(verdictSentences(alone, 'validation')).toContain(
      'No control arm was run, so it cannot be told whether the scores matter.',
    );
  });
});

it('says when there was no gap beyond chance to begin with', () => {
  const record = fakeRecord();
  const { evaluation } = record.baseline;
  const eodd = { ...evaluation.noiseFloor!.byCriterion.eodd, aboveFloor: false, observed: 0.03, q95: 0.08 };
  const noiseFloor = { ...evaluation.noiseFloor!, byCriterion: { ...evaluation.noiseFloor!.byCriterion, eodd } };
  const within = { ...record, baseline: { ...record.baseline, evaluation: { ...evaluation, noiseFloor } } };
  expect(verdictSentences(within, 'validation')).toContain(
    'The unpruned model’s Eodd is within what chance alone shows (0.0300; chance alone reaches 0.0800), so there may be no gap to close.',
  );
});

it('warns on validation that it also chose the round, and not on test', () => {
  const record = withFakeLook(fakeRecord());
  const warning = 'The validation split also chose the round, so expect less on the test split.';
  expect(verdictSentences(record, 'validation')).toContain(warning);
  expect(verdictSentences(record, 'test')).not.toContain(warning);
});
