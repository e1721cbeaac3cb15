import { log, logSoftmax, maximum, slice, softmax, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { createRandom } from '../foundation/random';
import type { LostEnd } from './endInLogits';
import { modelUnreadable } from './files/modelUnreadable';
import { sizeOf } from './network/layerWeights';
import { withActivationsApart } from './withActivationsApart';

/** Largest difference, as a share of the largest output. */
const tolerance = 1e-5;
/** Probabilities below this are compared as this. */
const smallestProbability = 1e-30;
/** Side of the images for networks that take any size. */
const freeSize = 32;

/** A network that the lab has rewritten. */
export interface RewrittenNetwork {
  network: LayersModel;
  /** What the files do to the logits that it gives, when they do. */
  lost?: LostEnd;
}

/**
 * Compares a rewritten network with the one that tfjs makes of the same files, on two seeded images: one with pixels of
 * -1 … 1, one of 0 … 255. They are small where the layers take any size, whatever the input says. Probabilities are compared
 * by their logarithms.
 *
 * @param plain as tfjs loads it
 * @returns false when there was nothing to compare with: tfjs cannot compute it, or gives no finite numbers
 * @throws LabError `model-unreadable` when an output differs by more than 1e-5 of the image's largest output
 */
export async function compareOutputs(path: string, plain: LayersModel, rewritten: RewrittenNetwork): Promise<boolean> {
  const shape = rewritten.network.inputs[0]!.shape.slice(1).map((side) => side ?? freeSize);
  const small = [...shape.slice(0, 2).map((side) => Math.min(side, freeSize)), shape[2]!];
  const onSmall = small.join() === shape.join() ? null : await outputsOn(small, plain, rewritten);
  const isTelling = onSmall?.due.every(Number.isFinite) && onSmall.found !== null;
  const compared = isTelling ? onSmall : await outputsOn(shape, plain, rewritten);
  if (!compared) return false;
  const { due, found, logits } = compared;
  for (const image of [0, 1] as const) {
    const scale = Math.max(...[due, logits].map((values) => largestSize(values ? partOf(values, image) : [])));
    const difference = found ? largestDifference(partOf(due, image), partOf(found, image)) : Infinity;
    if (!(difference > tolerance * scale)) continue;
    throw modelUnreadable(
      path,
      `rewritten for the lab it gives other outputs than in TensorFlow.js (they differ by ${(difference / scale).toExponential(1)} of the largest)`,
      'Export a simpler network, without networks or activations inside layers.',
    );
  }
  return compared.due.some(Number.isFinite);
}

interface Outputs {
  due: Float32Array;
  /** Null when the rewritten network cannot be computed. */
  found: Float32Array | null;
  /** The outputs that, with those due, say how large a difference may be. */
  logits: Float32Array | null;
}

/** Null when the plain network cannot be computed on images of this shape. */
async function outputsOn(
  shape: number[],
  plain: LayersModel,
  { network, lost }: RewrittenNetwork,
): Promise<Outputs | null> {
  const images = seededImages(shape);
  const given = withActivationsApart(plain, () => tryToCompute(plain, images));
  const logits = given && tryToCompute(network, images);
  images.dispose();
  if (!given) return null;
  const tensors = logits ? [...comparable(given, logits, lost), logits] : [given.clone()];
  const [due, found, sizes] = await Promise.all(tensors.map((values) => values.data<'float32'>()));
  for (const values of [given, ...tensors]) values.dispose();
  return { due: due!, found: found ?? null, logits: sizes ?? null };
}

/** The outputs due and those found, in a form in which they can be compared. */
function comparable(given: Tensor, logits: Tensor, lost: LostEnd | undefined): [Tensor, Tensor] {
  const smallest = Math.log(smallestProbability);
  switch (lost) {
    case undefined:
      return [given.clone(), logits.clone()];
    case 'softmax':
      return [tidy(() => log(maximum(given, smallestProbability))), tidy(() => maximum(logSoftmax(logits), smallest))];
    case 'logSoftmax':
      return [tidy(() => maximum(given, smallest)), tidy(() => maximum(logSoftmax(logits), smallest))];
    case 'sigmoid':
      return [given.clone(), tidy(() => slice(softmax(logits), [0, 1]))];
  }
}

/** Null when layers do not take images of this size. */
function tryToCompute(network: LayersModel, images: Tensor): Tensor | null {
  try {
    return tidy(() => network.apply(images) as Tensor);
  } catch {
    return null;
  }
}

/** What belongs to one of the two images. */
function partOf(values: Float32Array, image: 0 | 1): Float32Array {
  const half = values.length / 2;
  return values.subarray(image * half, (image + 1) * half);
}

/** Of the values that are numbers. */
function largestSize(values: Iterable<number>): number {
  return [...values].filter(Number.isFinite).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/** Values that are no numbers on both sides are alike. */
function largestDifference(due: Float32Array, found: Float32Array): number {
  return due.reduce((largest, value, index) => {
    const other = found[index]!;
    if (!Number.isFinite(value) && !Number.isFinite(other)) return largest;
    return Number.isFinite(value - other) ? Math.max(largest, Math.abs(value - other)) : Infinity;
  }, 0);
}

/** @param shape height, width, channels */
function seededImages(shape: number[]): Tensor {
  const size = sizeOf(shape);
  const random = createRandom(1, 'compare-outputs');
  const pixels = Float32Array.from({ length: 2 * size }, (_, index) =>
    index < size ? 2 * random.next() - 1 : random.integer(256),
  );
  return tensor(pixels, [2, ...shape]);
}
