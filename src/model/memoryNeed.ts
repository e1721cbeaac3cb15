import type { MemoryLimits } from '../compute/memoryLimits';
import { describeBytes } from '../foundation/describeBytes';
import type { LayerSummary, ModelSummary } from './modelSummary';

type SizedLayer = Pick<LayerSummary, 'outputShape' | 'places'>;

/** What of a network decides its memory. */
export type SizedModel = Pick<ModelSummary, 'parameters'> & {
  layers: SizedLayer[];
};

/** Memory that a piece of work takes, foretold from the network's shapes. */
export interface MemoryNeed {
  bytes: number;
  /** The largest piece that must be had at once. */
  largestTensorBytes: number;
}

/** A kind of work, in the user's words, and its need. */
export interface MemoryTask {
  /** `Fine-tuning`, `Scoring`. */
  name: string;
  batchSize: number;
  need(batchSize: number): MemoryNeed;
}

const bytesPerNumber = 4;
const mebibyte = 2 ** 20;
/** Fastest kernels' working space: column and Winograd buffers. */
const workingBytes = 64 * mebibyte;

/**
 * Memory of a training step: weights, gradients and two optimiser slots, and every layer's output with its gradient.
 * Measured on WASM for the small CNN and VGG-11 at 64 and 128 pixels: the heap grows by 0.8 to 1.1 times as much.
 * @param batchSize images per step
 */
export function trainingNeed(model: SizedModel, batchSize: number): MemoryNeed {
  const sizes = outputSizes(model);
  const activations = sizes.reduce((sum, size) => sum + size, 0);
  return {
    bytes: (4 * model.parameters + 2 * activations * batchSize) * bytesPerNumber,
    largestTensorBytes: Math.max(...sizes) * batchSize * bytesPerNumber,
  };
}

/** Memory of a forward pass: weights, the largest layer's input and output, and working space. */
export function inferenceNeed(model: SizedModel, batchSize: number): MemoryNeed {
  const sizes = outputSizes(model);
  const largestPair = Math.max(...sizes.map((size, index) => size + (sizes[index - 1] ?? 0)));
  return {
    bytes: (model.parameters + largestPair * batchSize) * bytesPerNumber + workingBytes,
    largestTensorBytes: Math.max(...sizes) * batchSize * bytesPerNumber,
  };
}

/** Whether the work can be done at all with what the backend can hold. */
export function fitsMemory(need: MemoryNeed, limits: MemoryLimits): boolean {
  return need.bytes <= (limits.bytes ?? Infinity) && need.largestTensorBytes <= (limits.tensorBytes ?? Infinity);
}

/** The need in words, for before the work is begun. */
export function memorySentence({ name, batchSize, need }: MemoryTask, limits: MemoryLimits): string {
  const { bytes, largestTensorBytes } = need(batchSize);
  const room = limits.bytes === null ? '' : ` of the ${describeBytes(limits.bytes)} there can be`;
  const pieceFits = largestTensorBytes <= (limits.tensorBytes ?? Infinity);
  const piece = pieceFits
    ? ''
    : ` One layer's output takes ${describeBytes(largestTensorBytes)}, and this GPU gives ${describeBytes(limits.tensorBytes ?? 0)} in one piece.`;
  return `${name} in batches of ${batchSize} needs about ${describeBytes(bytes)}${room}.${piece}`;
}

/** Bytes of a layer's weights. */
export function weightBytes({ parameters }: Pick<LayerSummary, 'parameters'>): number {
  return parameters * bytesPerNumber;
}

/** Bytes of a layer's outputs for one image, at all its places. */
export function activationBytes(layer: SizedLayer): number {
  return outputSize(layer) * (layer.places ?? 1) * bytesPerNumber;
}

/** Of every output, a layer's at each of its places. */
function outputSizes({ layers }: SizedModel): number[] {
  return layers.flatMap((layer) => Array.from({ length: layer.places ?? 1 }, () => outputSize(layer)));
}

function outputSize({ outputShape }: SizedLayer): number {
  return outputShape.reduce((product, size) => product * size, 1);
}
