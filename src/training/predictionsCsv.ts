import { writeCsv } from '../foundation/escape/writeCsv';

/** What is known of samples besides their predictions. */
export interface PredictedSamples {
  names: string[];
  classNames: string[];
  /** Row-major [n, classCount]. */
  logits: Float32Array;
  /** True class and group by name, where they are known. */
  labels?: string[];
  groups?: string[];
}

/**
 * Predictions as CSV, one sample a row: `name`, `label` and `group` where they are known, `prediction` (the class with the
 * largest score, the first on a tie), and one column `score CLASS` per class: its softmax probability. `lab audit` reads it.
 */
export function predictionsCsv({ names, classNames, logits, labels, groups }: PredictedSamples): string {
  const fields = [
    'name',
    ...(labels ? ['label'] : []),
    'prediction',
    ...(groups ? ['group'] : []),
    ...classNames.map((name) => `score ${name}`),
  ];
  const data = names.map((name, row) => {
    const scores = softmax(logits.subarray(row * classNames.length, (row + 1) * classNames.length));
    const best = scores.indexOf(Math.max(...scores));
    return [
      name,
      ...(labels ? [labels[row]!] : []),
      // Logits that are no numbers predict nothing.
      classNames[best] ?? '',
      ...(groups ? [groups[row]!] : []),
      ...scores.map((score) => score.toPrecision(7)),
    ];
  });
  return writeCsv(fields, data);
}

function softmax(logits: Float32Array): number[] {
  const largest = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
