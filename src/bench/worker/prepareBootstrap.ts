import { computeEvaluation } from '../../fairness/computeEvaluation';
import { defaultEvaluationSettings } from '../../fairness/evaluate';
import type { Predictions } from '../../fairness/predictions/predictions';
import { createSilentContext } from '../../foundation/createJobControl';
import { createRandom } from '../../foundation/random';
import type { Work } from '../benchCase';
import type { PreparedWork } from './preparedWork';

type BootstrapWork = Extract<Work, { kind: 'bootstrap' }>;

/** The whole evaluation of seeded predictions but its noise floor: ranking the scores, and every figure of every replicate. */
export function prepareBootstrap(work: BootstrapWork): PreparedWork {
  const model = simulatePredictions(work);
  const settings = { ...defaultEvaluationSettings, replicates: work.replicates, permutations: 0 };
  return {
    async run() {
      await computeEvaluation({ model, baseline: null, attribute: 0 }, settings, createSilentContext());
    },
    dispose: () => undefined,
  };
}

/** Softmax of normal logits, of which the true class's is raised. */
function simulatePredictions({ samples, classes, scores: hasScores }: BootstrapWork): Predictions {
  const random = createRandom(1, 'bench-predictions');
  const labels = Int32Array.from({ length: samples }, () => random.integer(classes));
  const groups = Int32Array.from({ length: samples }, () => random.integer(2));
  const scores = new Float32Array(samples * classes);
  const predicted = labels.map((label, i) => {
    const row = scores.subarray(i * classes, (i + 1) * classes);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += row[k] = Math.exp(2 * random.normal() + (k === label ? 4 : 0));
    for (let k = 0; k < classes; k++) row[k]! /= sum;
    return row.indexOf(Math.max(...row));
  });
  return {
    labels,
    classNames: Array.from({ length: classes }, (_, k) => `class ${k}`),
    attributes: [{ name: 'group', groupNames: ['group 0', 'group 1'], groups }],
    clusters: null,
    predicted,
    scores: hasScores ? { kind: 'probabilities', values: scores } : null,
  };
}
