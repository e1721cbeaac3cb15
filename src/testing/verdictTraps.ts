import type { Headline } from '../recipe/judgeRun';
import type { ArmRecord, RunRecord } from '../recipe/runRecord';
import { clearFinding, findingRecord, type Made, madeArm, madeContest, madeEvaluation } from './judgedRecord';

const [snnl, random, fineTuned] = findingRecord().arms as [ArmRecord, ArmRecord, ArmRecord];
const withSnnl = (made: Made, change: Partial<ArmRecord> = {}) =>
  findingRecord({ arms: [madeArm('snnl', [made], change), random, fineTuned] });
const withBaseline = (made: Made) =>
  findingRecord({ baseline: { ...findingRecord().baseline, evaluation: madeEvaluation(made) } });

/** What the headline of a positive finding says; no trap may show it, wherever a verdict is told. */
export const positiveHeadline = 'SNNL-Fair did better than the unpruned model and than every control';

/** Runs that look like a finding and are none: what is wrong with each, the run, and its headline. */
export const verdictTraps: readonly (readonly [string, RunRecord, Headline])[] = [
  [
    'a model that gives every image the same class',
    withSnnl({ ...clearFinding, predicted: Array(8).fill(1) }),
    'one-class',
  ],
  ['a fall of Avg F1 beyond th_acc', withSnnl({ ...clearFinding, f1: 0.779 }), 'accuracy-lost'],
  ['a baseline whose gap is within its noise floor', withBaseline({ isAboveFloor: false }), 'no-gap'],
  ['a baseline without a noise floor', withBaseline({ isAboveFloor: null }), 'no-floor'],
  ['a FATE that is undefined', withSnnl({ ...clearFinding, fate: null }), 'undefined'],
  ['a round that is not chosen', withSnnl(clearFinding, { chosenRound: 0 }), 'no-round'],
  ['a FATE without an interval', withSnnl({ ...clearFinding, interval: null }), 'no-interval'],
  ['a FATE below 0', withSnnl({ fate: -0.5, interval: { low: -0.8, high: -0.2 } }), 'loss'],
  ['a FATE whose interval holds 0', withSnnl({ fate: 0.1, interval: { low: -0.1, high: 0.3 } }), 'may-be-chance'],
  ['a FATE whose interval begins at 0', withSnnl({ fate: 0.1, interval: { low: 0, high: 0.3 } }), 'may-be-chance'],
  ['a run without controls', findingRecord({ arms: [snnl], contests: [] }), 'no-control'],
  [
    'controls that did not run',
    findingRecord({ arms: [snnl, madeArm('random', []), madeArm('fine-tune-only', [])], contests: [] }),
    'no-control',
  ],
  [
    'one control of two that did not run',
    findingRecord({
      arms: [snnl, random, madeArm('fine-tune-only', [])],
      contests: [madeContest('random', 1, 0.1, 0.7)],
    }),
    'not-compared',
  ],
  [
    'a control that did as well',
    findingRecord({ contests: [madeContest('random', 1, -0.1, 0.7), madeContest('fine-tune-only', 1, 0.2, 0.8)] }),
    'control-as-good',
  ],
  ['controls without a paired interval', findingRecord({ contests: [] }), 'not-compared'],
  [
    'a control with a higher FATE and no paired interval',
    findingRecord({ arms: [snnl, madeArm('random', [{ fate: 0.6 }])], contests: [] }),
    'control-as-good',
  ],
  [
    'a contest between different rounds',
    findingRecord({ contests: [madeContest('random', 1, 0.1, 0.7, 2), madeContest('fine-tune-only', 1, 0.2, 0.8)] }),
    'not-compared',
  ],
  ['no round at all', findingRecord({ arms: [madeArm('snnl', []), random] }), 'nothing-to-judge'],
];
