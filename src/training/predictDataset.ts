import type { Tensor2D } from '@tensorflow/tfjs-core';
import { readBatchesAhead } from '../dataset/batches/readBatchesAhead';
import type { Dataset } from '../dataset/stored/dataset';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import { type ModelInput, predictBatch } from '../model/runModel';
import { meanCrossEntropy } from './crossEntropy';

export interface DatasetPrediction {
  /** Class logits, row-major [n, classCount]. */
  logits: Float32Array;
  /** Highest logit's class of each sample; the lower class on a tie. */
  predicted: Int32Array;
  labels: Int32Array;
  groups: Int32Array;
  /** Mean cross-entropy. */
  loss: number;
  accuracy: number;
}

/** Images per forward pass. */
export const predictionBatchSize = 128;

/**
 * Runs a model over samples in inference mode, without augmentation; a network that takes groups is told the dataset's.
 *
 * @param indices positions in the dataset, at least one
 */
export async function predictDataset(
  model: LabModel,
  dataset: Dataset,
  indices: ArrayLike<number>,
  context: JobContext,
): Promise<DatasetPrediction> {
  const count = indices.length;
  const classCount = model.classNames.length;
  const logits = new Float32Array(count * classCount);
  await context.breathe();
  const pick = (values: number[]) => Int32Array.from({ length: count }, (_, i) => values[indices[i]!]!);
  const groups = pick(dataset.manifest.samples.groups);
  let done = 0;
  for await (const images of readBatchesAhead(dataset, cutIntoBatches(indices), model.preprocessing)) {
    const [size] = images.shape;
    const output = classLogitsOf(model, { images, groups: groups.subarray(done, done + size) });
    logits.set(await output.data(), done * classCount);
    output.dispose();
    done += size;
    context.report(done, count, 'images');
    if (done < count) await context.breathe();
  }
  const labels = pick(dataset.manifest.samples.labels);
  const predicted = argMaxRows(logits, classCount);
  return {
    logits,
    predicted,
    labels,
    groups,
    loss: meanCrossEntropy(logits, labels, classCount),
    accuracy: predicted.filter((value, i) => value === labels[i]).length / count,
  };
}

/** The class logits of a batch, whose images are freed. */
function classLogitsOf(model: LabModel, input: ModelInput): Tensor2D {
  try {
    return predictBatch(model, input);
  } finally {
    input.images.dispose();
  }
}

function cutIntoBatches(indices: ArrayLike<number>): number[][] {
  const all = Array.from(indices);
  const count = Math.ceil(all.length / predictionBatchSize);
  return Array.from({ length: count }, (_, batch) =>
    all.slice(batch * predictionBatchSize, (batch + 1) * predictionBatchSize),
  );
}

function argMaxRows(values: Float32Array, width: number): Int32Array {
  return Int32Array.from({ length: values.length / width }, (_, row) => {
    let best = 0;
    for (let column = 1; column < width; column++) {
      if (values[row * width + column]! > values[row * width + best]!) best = column;
    }
    return best;
  });
}
