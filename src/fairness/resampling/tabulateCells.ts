import { addToConfusion, type ConfusionCounts, clearConfusionCounts } from '../countConfusion';

/**
 * Samples that share group, label and every model's prediction cannot be told apart by any rate: they make a cell. A
 * resample is then a count per cell, whatever the number of samples.
 */
export interface Cells {
  /** Cell of each sample. */
  ofSample: Int32Array;
  /** Number of cells. */
  count: number;
  /** Group and label of each cell. */
  group: Int32Array;
  label: Int32Array;
  /** Prediction of each cell by each model: `predicted[model][cell]`. */
  predicted: Int32Array[];
}

/**
 * Finds the distinct combinations of group, label and predictions.
 *
 * @param samples valid ones
 * @param predicted predicted class of the samples by each model
 */
export function tabulateCells(
  { labels, groups, classCount }: { labels: ArrayLike<number>; groups: ArrayLike<number>; classCount: number },
  predicted: readonly ArrayLike<number>[],
): Cells {
  const ofSample = Int32Array.from(labels, (label, i) => groups[i]! * classCount + label);
  let count = numberAnew(ofSample);
  for (const ofModel of predicted) {
    // Numbering anew after each model keeps the keys small, however many models there are.
    for (let i = 0; i < ofSample.length; i++) ofSample[i] = ofSample[i]! * classCount + ofModel[i]!;
    count = numberAnew(ofSample);
  }
  const read = (values: ArrayLike<number>) => {
    const ofCell = new Int32Array(count);
    for (let i = 0; i < ofSample.length; i++) ofCell[ofSample[i]!] = values[i]!;
    return ofCell;
  };
  return { ofSample, count, group: read(groups), label: read(labels), predicted: predicted.map(read) };
}

/** Replaces values by 0, 1, 2, … in the order in which they first occur, and says how many there are. */
function numberAnew(values: Int32Array): number {
  const numbers = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    let number = numbers.get(values[i]!);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(values[i]!, number);
    }
    values[i] = number;
  }
  return numbers.size;
}

/**
 * Counts a resample by group and class.
 *
 * @param model whose predictions to count, by position
 * @param samplesOfCell how many samples of each cell the resample holds
 * @param counts overwritten
 */
export function countCells(cells: Cells, model: number, samplesOfCell: Int32Array, counts: ConfusionCounts): void {
  clearConfusionCounts(counts);
  const predicted = cells.predicted[model]!;
  for (let cell = 0; cell < samplesOfCell.length; cell++) {
    const samples = samplesOfCell[cell]!;
    if (samples > 0) addToConfusion(counts, cells.group[cell]!, cells.label[cell]!, predicted[cell]!, samples);
  }
}
