import type { Table } from '../../tables/table';

const predictionNames = /^(prediction|predicted|predicted_label|y_pred|pred|score)$/i;
const labelNames = /^(label|label_value|y_true|target|true_label)$/i;

/** Whether a table holds predictions of some model beside the true labels, so that it can be audited without images. */
export function isPredictionTable({ columns }: Pick<Table, 'columns'>): boolean {
  const has = (pattern: RegExp) => columns.some(({ name }) => pattern.test(name));
  return has(predictionNames) && has(labelNames);
}
