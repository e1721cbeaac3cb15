import { LabError } from '../foundation/labError';
import { checkPredictions } from './countConfusion';
import type { ModelScores, Predictions } from './predictions/predictions';
import { checkScores } from './scores/checkScores';
import { softmaxRows } from './scores/softmaxRows';

/** What is evaluated. */
export interface EvaluationInput {
  model: Predictions;
  /** What differences and FATE are taken against, on the same samples in the same order; null for the model alone. */
  baseline: Predictions | null;
  /** Whose groups are compared: a position in the model's attributes. */
  attribute: number;
}

/** What one model says of each sample. */
export interface ModelOutput {
  predicted: ArrayLike<number>;
  /** Class probabilities, row-major [n, classCount]; null when only the predicted class is known. */
  scores: ArrayLike<number> | null;
}

/** Samples in the groups of one attribute, and what a model and perhaps its baseline say of them. */
export interface ComparedModels {
  labels: ArrayLike<number>;
  groups: ArrayLike<number>;
  classNames: string[];
  groupNames: string[];
  clusters: string[] | null;
  model: ModelOutput;
  baseline: ModelOutput | null;
}

/**
 * Checks predictions and brings them together. Logits become probabilities; where one is no finite number, as those of a
 * model that has diverged are, there are none.
 *
 * @throws LabError `predictions-invalid` for lengths, classes, groups or scores that cannot be, with the first wrong
 * position; for a baseline of other samples; for an attribute that there is not
 */
export function openComparedModels({ model, baseline, attribute }: EvaluationInput): ComparedModels {
  const { labels, classNames, clusters } = model;
  const found = model.attributes[attribute];
  if (!found) throw invalid(`There is no attribute ${attribute}; the predictions have ${model.attributes.length}.`);
  const { groups, groupNames } = found;
  const counts = { classCount: classNames.length, groupCount: groupNames.length };
  const open = ({ predicted, scores }: Predictions): ModelOutput => {
    checkPredictions({ labels, groups, predicted, ...counts });
    const probabilities = scores && probabilitiesOf(scores, counts.classCount);
    if (probabilities) checkScores(probabilities, labels.length, counts.classCount);
    return { predicted, scores: probabilities };
  };
  const compared = { labels, groups, classNames, groupNames, clusters, model: open(model) };
  if (clusters && clusters.length !== labels.length) {
    throw invalid(
      `There are ${clusters.length} clusters for ${labels.length} samples; the two must be equally many.`,
      'Give the patient or lesion of every sample, or none at all.',
    );
  }
  if (!baseline) return { ...compared, baseline: null };
  const other = Array.from(labels).findIndex((label, i) => label !== baseline.labels[i]);
  if (other >= 0) throw invalid(`The model's and the baseline's labels differ at position ${other}.`);
  return { ...compared, baseline: open(baseline) };
}

function probabilitiesOf({ kind, values }: ModelScores, classCount: number): ArrayLike<number> | null {
  if (kind === 'probabilities') return values;
  const logits = Float32Array.from(values);
  return logits.every(Number.isFinite) ? softmaxRows(logits, classCount) : null;
}

function invalid(message: string, hint = 'Give predictions of the same samples, in the same order.'): LabError {
  return new LabError({ code: 'predictions-invalid', message, hint });
}
