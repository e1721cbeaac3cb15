import { addToConfusion, type ConfusionCounts, clearConfusionCounts } from './countConfusion';
import type { Predictions } from './fairnessReport';

/**
 * Samples that share group, label and both models' predictions cannot be told apart by any rate: they make a cell. A
 * resample is then a count per cell, whatever the number of samples.
 */
export interface Cells {
  /** Cell of each sample. */
  ofSample: Int32Array;
  /** Group, label and predictions of each cell. */
  group: number[];
  label: number[];
  model: number[];
  /** The baseline's prediction; where there is no baseline, the model's own. */
  baseline: number[];
}

/**
 * Finds the distinct combinations of group, label, prediction and baseline prediction.
 *
 * @param predictions valid ones
 * @param baseline predicted class of the same samples by the baseline, or null
 */
export function tabulateCells(predictions: Predictions, baseline: ArrayLike<number> | null): Cells {
  const { labels, predicted, groups, classCount } = predictions;
  const cells: Cells = { ofSample: new Int32Array(labels.length), group: [], label: [], model: [], baseline: [] };
  const cellOfKey = new Map<number, number>();
  for (let i = 0; i < labels.length; i++) {
    const group = groups[i]!;
    const label = labels[i]!;
    const model = predicted[i]!;
    const other = baseline === null ? model : baseline[i]!;
    const key = ((group * classCount + label) * classCount + model) * classCount + other;
    let cell = cellOfKey.get(key);
    if (cell === undefined) {
      cell = cells.group.push(group) - 1;
      cells.label.push(label);
      cells.model.push(model);
      cells.baseline.push(other);
      cellOfKey.set(key, cell);
    }
    cells.ofSample[i] = cell;
  }
  return cells;
}

/**
 * Counts a resample by group and class.
 *
 * @param which whose predictions to count
 * @param samplesOfCell how many samples of each cell the resample holds
 * @param counts overwritten
 */
export function countCells(
  cells: Cells,
  which: 'model' | 'baseline',
  samplesOfCell: Int32Array,
  counts: ConfusionCounts,
): void {
  clearConfusionCounts(counts);
  const predicted = cells[which];
  for (let cell = 0; cell < samplesOfCell.length; cell++) {
    const samples = samplesOfCell[cell]!;
    if (samples > 0) addToConfusion(counts, cells.group[cell]!, cells.label[cell]!, predicted[cell]!, samples);
  }
}
