import { describe, expect, it } from 'vitest';
import { clearFinding, findingRecord, type Made, madeArm, madeContest, madeEvaluation } from '../testing/judgedRecord';
import { describeVerdict } from './describeVerdict';
import { judgeRun } from './judgeRun';
import type { ArmRecord, RunRecord } from './runRecord';

const [snnl, random, fineTuned] = findingRecord().arms as [ArmRecord, ArmRecord, ArmRecord];
const sentences = (record: RunRecord) => describeVerdict(judgeRun(record, 'validation'));
const withSnnl = (made: Made, change: Partial<ArmRecord> = {}) =>
  findingRecord({ arms: [madeArm('snnl', [made], change), random, fineTuned] });

describe('the first sentence', () => {
  it('says what pruning changed beyond fine-tuning, before any FATE', () => {
    expect(sentences(findingRecord())[0]).toBe('Pruning 4 channels changed 1 of 8 predictions beyond fine-tuning.');
  });

  it('says that this is not known without an arm that only fine-tunes', () => {
    expect(sentences(findingRecord({ arms: [snnl, random] }))[0]).toBe(
      'Pruning 4 channels and fine-tuning changed 1 of 8 predictions; how many of them by pruning is not known, as no arm only fine-tuned up to round 1.',
    );
  });

  it('judges nothing before a round is finished', () => {
    expect(sentences(findingRecord({ arms: [madeArm('snnl', [])] }))).toEqual([
      'No round of SNNL-Fair is finished, so there is nothing to judge yet.',
    ]);
  });
});

describe('the headline', () => {
  it('names the controls that did as well', () => {
    const contests = [madeContest('random', 1, -0.1, 0.7), madeContest('fine-tune-only', 1, 0.2, 0.8)];
    expect(sentences(findingRecord({ contests }))[1]).toBe(
      'No gain can be credited to the scores: Random channels did as well, or cannot be told apart.',
    );
  });

  it('says why no round is chosen', () => {
    const stop = { round: 1, reason: 'no-fairness-gain' as const };
    expect(sentences(withSnnl(clearFinding, { chosenRound: 0, stop }))[1]).toBe(
      'No round of SNNL-Fair is chosen: the stop rule fired in round 1, as the criterion fell by less than th_fair asks for. The unpruned model stands.',
    );
  });

  it('says by how much Avg F1 fell', () => {
    expect(sentences(withSnnl({ ...clearFinding, f1: 0.75 }))[1]).toBe(
      'This is no gain: Avg F1 fell by 0.0500, more than th_acc allows.',
    );
  });
});

describe('FATE', () => {
  it.each<[string, Made, RegExp]>([
    [
      'above 0 when the whole interval is',
      { fate: 0.3, interval: { low: 0.2, high: 0.4 } },
      /is 0\.300 \(95 % interval 0\.200 to 0\.400\), above 0\.$/,
    ],
    [
      'with an interval that includes 0',
      { fate: 0.05, interval: { low: -0.15, high: 0.25 } },
      /The interval of FATE includes 0 \(95 % interval −0\.150 to 0\.250\)\.$/,
    ],
    [
      'below 0 when the unpruned model does better',
      { fate: -0.4, interval: { low: -0.5, high: -0.3 } },
      /is −0\.400 .*below 0: the unpruned model does better\.$/,
    ],
    ['without an interval', { fate: 0.3, interval: null }, /is 0\.300; it has no interval\.$/],
    ['undefined', { fate: null, interval: null }, /is undefined: the unpruned model’s gap or its Avg F1 is 0\.$/],
  ])('is told %s', (_, made, expected) => {
    expect(sentences(withSnnl(made))[2]).toMatch(expected);
  });

  it('names its round as chosen, and as the best of several', () => {
    const arms = [madeArm('snnl', [{ fate: 0.1 }, clearFinding]), random, fineTuned];
    expect(sentences(findingRecord({ arms }))[2]).toMatch(
      /^After round 2 \(chosen, best of 2\), SNNL-Fair’s FATE of Eodd/,
    );
  });

  it('is no number against a baseline without a gap beyond chance: the difference of gaps stands for it', () => {
    const { baseline } = findingRecord();
    const evaluation = madeEvaluation({ eodd: 0.04, isAboveFloor: false });
    const text = sentences(findingRecord({ baseline: { ...baseline, evaluation } }));
    expect(text[1]).toBe('The unpruned model shows no gap beyond chance in Eodd, so there is none to close.');
    expect(text[2]).toBe(
      'After round 1 (chosen), SNNL-Fair’s Eodd is 0.0500, the unpruned model’s 0.0400: a difference of 0.0100. FATE would divide by a gap that may be chance, so it is no number here.',
    );
    expect(text.find((sentence) => sentence.startsWith('Random'))).toBe(
      'Random channels, round 1: Eodd 0.100; SNNL-Fair’s minus this is −0.400 (paired 95 % interval −0.700 to −0.100): SNNL-Fair did better.',
    );
    expect(text.join(' ')).not.toMatch(/FATE (−|\d)/);
    expect(text).toContain(
      'The unpruned model’s Eodd is within what chance alone shows (0.0400; chance alone reaches 0.0500), so there may be no gap to close.',
    );
  });
});

describe('the controls', () => {
  const ofRandom = (record: RunRecord) => sentences(record).find((sentence) => sentence.startsWith('Random'));

  it.each([
    [0.02, 0.2, /paired 95 % interval 0\.0200 to 0\.200\): SNNL-Fair did better\.$/],
    [-0.1, 0.2, /paired 95 % interval −0\.100 to 0\.200\), which includes 0: no evidence that SNNL-Fair did better\.$/],
    [-0.2, -0.1, /this did better than SNNL-Fair\.$/],
  ])('are judged by the paired difference: %f to %f', (low, high, expected) => {
    const sentence = ofRandom(findingRecord({ contests: [madeContest('random', 1, low, high)] }));
    expect(sentence).toMatch(/^Random channels, round 1: FATE 0\.100; SNNL-Fair’s minus this is /);
    expect(sentence).toMatch(expected);
  });

  it('are told when they did as well by the values alone', () => {
    const record = findingRecord({ arms: [snnl, madeArm('random', [{ fate: 0.6 }])], contests: [] });
    expect(ofRandom(record)).toBe('Random channels, round 1: FATE 0.600, as well as SNNL-Fair or better.');
  });

  it('are not judged without a paired interval', () => {
    expect(ofRandom(findingRecord({ contests: [] }))).toBe(
      'Random channels, round 1: FATE 0.100; without a paired interval the difference from SNNL-Fair cannot be judged.',
    );
  });

  it('are told when they did not do the round', () => {
    expect(ofRandom(findingRecord({ arms: [snnl, madeArm('random', [])] }))).toBe(
      'Random channels: round 1 is not done, so there is nothing to compare.',
    );
  });

  it('are told when there was none', () => {
    expect(sentences(findingRecord({ arms: [snnl] }))).toContain(
      'No control arm was run, so it cannot be told whether the scores matter.',
    );
  });
});

it('warns on validation that it also chose the round, and not on test', () => {
  const warning = 'The validation split also chose the round, so expect less on the test split.';
  const { baseline, arms, contests } = findingRecord();
  const look = {
    at: '2026-01-01T11:00:00.000Z',
    baseline: baseline.evaluation,
    arms: arms.map(({ arm, rounds }) => ({ arm, round: 1, evaluation: rounds[0]!.evaluation })),
    contests,
  };
  const record = findingRecord({ testLooks: [look] });
  expect(describeVerdict(judgeRun(record, 'validation'))).toContain(warning);
  expect(describeVerdict(judgeRun(record, 'test'))).not.toContain(warning);
});
