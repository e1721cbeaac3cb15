import {
  cast,
  concat,
  div,
  fill,
  getBackend,
  matMul,
  oneHot,
  reshape,
  slice,
  stack,
  sum,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { LabError } from '../foundation/labError';
import { anchorLosses } from './anchorLosses';
import { type GroupBlock, groupBlocks } from './groupBlocks';
import { groupSimilarities } from './groupSimilarities';
import { scaledPoints } from './scaledPoints';
import { snnlOnWasm } from './snnlOnWasm';
import type { SnnlBatchScores, SnnlOptions } from './snnlOptions';

/** Most bytes of one chunk's maps, and of its pair terms: a few such arrays are alive at once, best in cache. */
const chunkBytes = 8 * 2 ** 20;
/** Most rows of one dispatch: a WebGPU device runs 65,535 workgroups along one axis. */
const rowLimit = 32_768;

/**
 * SNNL of one batch for every channel of a layer, in float32 tensor operations that run on each backend. The formula,
 * its letters and what the value means are at `snnlReference`, which it follows in every option.
 *
 * Channels are worked off in chunks, so that memory stays bounded; only two numbers per channel come back from the
 * device. A batch that is already sorted by group costs less.
 *
 * @param maps float32 [b, h, w, C], output of a convolution before its activation; stays the caller's
 * @param groups group of each image, length b: any integers, equal = same group
 * @returns l_k and T of each channel; every l_k is NaN when no anchor counts
 * @throws LabError `shape-mismatch` when there is not one group per image
 */
export async function snnlBatch(
  maps: Tensor4D,
  groups: Int32Array | Uint8Array,
  options: SnnlOptions,
): Promise<SnnlBatchScores> {
  const [batch, , , channels] = maps.shape;
  if (groups.length !== batch) {
    throw new LabError({
      code: 'shape-mismatch',
      stage: 'scoring channels',
      message: `The batch has ${batch} images but ${groups.length} groups.`,
      hint: 'Report this with the run record: images and groups are read from the same list.',
      details: { images: batch, groups: groups.length },
    });
  }
  if (batch < 2) return scoreWithoutPairs(batch, channels, options);

  if (getBackend() === 'wasm') return snnlOnWasm(maps, groups, options);

  const { order, blocks } = groupBlocks(groups);
  const scores = tidy(() => scoreInChunks(sortedImages(maps, order), blocks, options));
  const values = await scores.data<'float32'>();
  scores.dispose();
  const counting = blocks.filter(({ size }) => options.selfInNumerator || size > 1);
  return {
    losses: values.slice(0, channels),
    temperatures: values.slice(channels),
    validAnchors: counting.reduce((count, { size }) => count + size, 0),
  };
}

/** No pair, so nothing to compute: undefined, or with the self pair log(1/0) as the authors' code has it. */
function scoreWithoutPairs(batch: number, channels: number, options: SnnlOptions): SnnlBatchScores {
  const { selfInNumerator, temperature } = options;
  const counts = selfInNumerator && batch > 0;
  return {
    losses: new Float32Array(channels).fill(counts ? Number.NEGATIVE_INFINITY : Number.NaN),
    temperatures: new Float32Array(channels).fill(temperature === 'auto' ? 1 : temperature),
    validAnchors: counts ? batch : 0,
  };
}

/** The maps as [b, pixels, C], images in the given order. */
function sortedImages(maps: Tensor4D, order: Int32Array): Tensor3D {
  const [batch, height, width, channels] = maps.shape;
  const rows: Tensor3D = reshape(maps, [batch, height * width, channels]);
  if (order.every((image, position) => image === position)) return rows;
  // Exact, since each sum has one term that is not 0. A gather does the same ten times as slowly on WASM.
  const sorting = cast(oneHot(order, batch), 'float32');
  return reshape(matMul(sorting, reshape(maps, [batch, -1])), rows.shape);
}

/** Losses and temperatures, [2, C]. */
function scoreInChunks(maps: Tensor3D, blocks: GroupBlock[], options: SnnlOptions): Tensor2D {
  const [batch, pixels, channels] = maps.shape;
  const bytesPerChannel = 4 * batch * Math.max(batch, pixels);
  const most = Math.max(1, Math.floor(Math.min(chunkBytes / bytesPerChannel, rowLimit / batch)));
  const parts: Tensor2D[] = [];
  for (let start = 0; start < channels; start += most) {
    const size = Math.min(most, channels - start);
    parts.push(tidy(() => scoreFew(slice(maps, [0, 0, start], [-1, -1, size]), blocks, options)));
  }
  return concat(parts, 1);
}

/** Losses and temperatures of a few channels, [2, channels]. */
function scoreFew(maps: Tensor3D, blocks: GroupBlock[], options: SnnlOptions): Tensor2D {
  const { points, temperatures } = scaledPoints(maps, options);
  const losses = groupSimilarities(points, blocks).flatMap((group) => anchorLosses(group, options) ?? []);
  const count = losses.reduce((total, { shape }) => total + shape[0], 0);
  const mean = count > 0 ? div(sum(concat(losses), 0), count) : fill(temperatures.shape, Number.NaN);
  return stack([mean, temperatures]) as Tensor2D;
}
