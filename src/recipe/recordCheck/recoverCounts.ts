import { type ConfusionCounts, createConfusionCounts } from '../../fairness/countConfusion';
import type { TwoGroupReport } from '../../fairness/paperTableSchema';
import { refuseField, requireEqual, requireLength } from './refuseField';

/**
 * The confusion counts that a report's rates were made from: a true positive rate times its class' samples is a number of
 * images, and so is a false positive rate times all others.
 *
 * @param cells samples of every class in every group, [classCount][2], as the data's split has them
 * @param field path of the report in its record
 * @throws LabError `record-invalid` when the report is not of these cells, or its rates come from no whole number of images
 */
export function recoverCounts(
  { n, classCount, groups }: TwoGroupReport,
  cells: readonly (readonly number[])[],
  field: string,
): ConfusionCounts {
  const counts = createConfusionCounts(cells.length, 2);
  requireEqual(`${field}.classCount`, classCount, cells.length, 'the number of classes');
  for (const [g, group] of groups.entries()) {
    const path = `${field}.groups.${g}`;
    requireLength(`${path}.perClass`, group.perClass, cells.length, 'one per class');
    const samples = cells.reduce((sum, cell) => sum + cell[g]!, 0);
    requireEqual(`${path}.n`, group.n, samples, 'the samples of the group in this split');
    for (const [k, { support, tpr, fpr }] of group.perClass.entries()) {
      const at = `${path}.perClass.${k}`;
      requireEqual(`${at}.support`, support, cells[k]![g]!, 'the samples of this class and group in the split');
      const hits = imagesOf(`${at}.tpr`, tpr, support);
      counts.support[g * cells.length + k] = support;
      counts.hits[g * cells.length + k] = hits;
      counts.predicted[g * cells.length + k] = hits + imagesOf(`${at}.fpr`, fpr, samples - support);
    }
    const predicted = counts.predicted.subarray(g * cells.length, (g + 1) * cells.length);
    const sum = predicted.reduce((total, count) => total + count, 0);
    if (sum !== samples) refuseField(`${path}.perClass`, `${sum} predictions`, `${samples}, one per sample`);
  }
  requireEqual(`${field}.n`, n, groups[0].n + groups[1].n, 'the samples of both groups');
  return counts;
}

function imagesOf(field: string, rate: number, of: number): number {
  if (rate < 0 || rate > 1) refuseField(field, rate, 'from 0 to 1');
  return Math.round(rate * of);
}
