import { log, logSoftmax, maximum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { createRandom } from '../foundation/random';
import { modelUnreadable } from './files/modelUnreadable';

/** Largest difference, as a share of the largest output. */
const tolerance = 1e-5;
/** Probabilities below this are compared as this. */
const smallestProbability = 1e-30;
/** Side of the images for networks that take any size. */
const freeSize = 64;

/** A network that the lab has rewritten. */
export interface RewrittenNetwork {
  network: LayersModel;
  /** Whether it gives logits where the files give their softmax. */
  lostSoftmax?: boolean;
}

/**
 * Compares a rewritten network with the one that tfjs makes of the same files, on two seeded images: one with pixels of
 * -1 … 1, one of 0 … 255. Probabilities are compared by their logarithms.
 *
 * @param plain as tfjs loads it; when it cannot be computed there is nothing to compare with
 * @throws LabError `model-unreadable` when an output differs by more than 1e-5 of the image's largest output
 */
export async function compareOutputs(path: string, plain: LayersModel, rewritten: RewrittenNetwork): Promise<void> {
  const images = seededImages(rewritten.network.inputs[0]!.shape);
  try {
    const predicted = predictBoth(images, plain, rewritten);
    if (!predicted) return;
    const tensors = [predicted.due, predicted.found, predicted.logits];
    const [due, found, logits] = await Promise.all(tensors.map((values) => values.data<'float32'>()));
    for (const values of tensors) values.dispose();
    const half = due!.length / 2;
    for (const [start, end] of [
      [0, half],
      [half, 2 * half],
    ]) {
      const scale = Math.max(...logits!.slice(start, end).map(Math.abs));
      const difference = largestDifference(due!.slice(start, end), found!.slice(start, end));
      if (!(difference > tolerance * scale)) continue;
      throw modelUnreadable(
        path,
        `rewritten for the lab it gives other outputs than in TensorFlow.js (they differ by ${(difference / scale).toExponential(1)} of the largest)`,
        'Export a simpler network, without networks or activations inside layers.',
      );
    }
  } finally {
    images.dispose();
  }
}

interface Predicted {
  due: Tensor;
  found: Tensor;
  /** The outputs that say how large a difference may be. */
  logits: Tensor;
}

function predictBoth(images: Tensor, plain: LayersModel, { network, lostSoftmax }: RewrittenNetwork): Predicted | null {
  const given = predictPlain(images, plain);
  if (!given) return null;
  const logits = network.predictOnBatch(images) as Tensor;
  if (!lostSoftmax) return { due: given, found: logits.clone(), logits };
  const due = tidy(() => log(maximum(given, smallestProbability)));
  const found = tidy(() => maximum(logSoftmax(logits), Math.log(smallestProbability)));
  given.dispose();
  return { due, found, logits };
}

function predictPlain(images: Tensor, plain: LayersModel): Tensor | null {
  try {
    return tidy(() => plain.predictOnBatch(images) as Tensor);
  } catch {
    return null;
  }
}

/** Values that are no numbers on both sides are alike. */
function largestDifference(due: Float32Array, found: Float32Array): number {
  return due.reduce((largest, value, index) => {
    const other = found[index]!;
    if (!Number.isFinite(value) && !Number.isFinite(other)) return largest;
    return Number.isFinite(value - other) ? Math.max(largest, Math.abs(value - other)) : Infinity;
  }, 0);
}

function seededImages(shape: readonly (number | null)[]): Tensor {
  const [height, width, channels] = [shape[1] ?? freeSize, shape[2] ?? freeSize, shape[3] ?? 3];
  const size = height * width * channels;
  const random = createRandom(1, 'compare-outputs');
  const pixels = Float32Array.from({ length: 2 * size }, (_, index) =>
    index < size ? 2 * random.next() - 1 : random.integer(256),
  );
  return tensor(pixels, [2, height, width, channels]);
}
