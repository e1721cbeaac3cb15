import { writeCsv } from '../foundation/escape/writeCsv';
import { exp } from '../foundation/exp';

/** What is known of samples besides their predictions. */
export interface PredictedSamples {
  names: string[];
  classNames: string[];
  /** Row-major [n, classCount]. */
  logits: Float32Array;
  /** What labelled data say of each sample, by name; left out where nothing is known. */
  known?: KnownOfSamples;
}

/** True class and group of each sample, and the split that all of them are of. */
export interface KnownOfSamples {
  labels: string[];
  groups: string[];
  /** What the column of the groups is called, for example `skin type`. */
  groupColumn: string;
  split: string;
}

/**
 * Predictions as CSV, one sample a row: `name`, `label`, group and `split` where they are known, `prediction` (the class with
 * the largest score, the first on a tie), and one column `score CLASS` per class: its softmax probability. `lab audit` reads it.
 */
export function predictionsCsv({ names, classNames, logits, known }: PredictedSamples): string {
  const fields = [
    'name',
    ...(known ? ['label'] : []),
    'prediction',
    ...(known ? [known.groupColumn, 'split'] : []),
    ...classNames.map((name) => `score ${name}`),
  ];
  const data = names.map((name, row) => {
    const scores = softmax(logits.subarray(row * classNames.length, (row + 1) * classNames.length));
    const best = scores.indexOf(Math.max(...scores));
    return [
      name,
      ...(known ? [known.labels[row]!] : []),
      // Logits that are no numbers predict nothing.
      classNames[best] ?? '',
      ...(known ? [known.groups[row]!, known.split] : []),
      ...scores.map((score) => score.toPrecision(7)),
    ];
  });
  return writeCsv(fields, data);
}

function softmax(logits: Float32Array): number[] {
  const largest = Math.max(...logits);
  const powers = Array.from(logits, (logit) => exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
