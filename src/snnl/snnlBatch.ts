import { getBackend, type Tensor4D } from '@tensorflow/tfjs-core';
import { LabError } from '../foundation/labError';
import { snnlOnWasm } from './snnlOnWasm';
import type { SnnlBatchScores, SnnlOptions } from './snnlOptions';
import { type ReferenceScores, snnlReference } from './snnlReference';
import { anchorLossesOnWebGpu, snnlOnWebGpu } from './webgpu/snnlOnWebGpu';

/**
 * SNNL of one batch for every channel of a layer. The formula, its letters and what the value means are at
 * `snnlReference`; WASM and WebGPU have kernels of their own that follow it in every option, any other backend is served
 * by the reference itself, slowly. Only two numbers per channel come back from the device.
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
  checkGroups(batch, groups);
  if (batch < 2) return scoreWithoutPairs(batch, channels, options);
  if (getBackend() === 'wasm') return snnlOnWasm(maps, groups, options);
  if (getBackend() === 'webgpu') return snnlOnWebGpu(maps, groups, options);
  const { losses, temperatures, validAnchors } = await byReference(maps, groups, options);
  return { losses: Float32Array.from(losses), temperatures: Float32Array.from(temperatures), validAnchors };
}

/**
 * The loss of every anchor of one batch, of which `snnlBatch` gives the mean: for a look at which images a channel tells
 * apart.
 *
 * @param maps float32 [b, h, w, C], as for `snnlBatch`
 * @returns row-major [b, C]; NaN for an anchor that is left out, having no partner
 * @throws LabError `shape-mismatch` when there is not one group per image
 */
export async function snnlAnchorLosses(
  maps: Tensor4D,
  groups: Int32Array | Uint8Array,
  options: SnnlOptions,
): Promise<Float32Array> {
  const [batch, , , channels] = maps.shape;
  checkGroups(batch, groups);
  if (batch < 2) {
    const { losses } = scoreWithoutPairs(batch, channels, options);
    return batch === 0 ? new Float32Array() : losses;
  }
  if (getBackend() === 'wasm') return snnlOnWasm(maps, groups, options).anchorLosses;
  if (getBackend() === 'webgpu') return anchorLossesOnWebGpu(maps, groups, options);
  const { anchorLosses } = await byReference(maps, groups, options);
  return Float32Array.from(
    { length: batch * channels },
    (_, i) => anchorLosses[i % channels]![Math.floor(i / channels)]!,
  );
}

async function byReference(maps: Tensor4D, groups: ArrayLike<number>, options: SnnlOptions): Promise<ReferenceScores> {
  const [batch, height, width, channels] = maps.shape;
  return snnlReference({ maps: await maps.data(), batch, height, width, channels, groups }, options);
}

function checkGroups(batch: number, groups: ArrayLike<number>): void {
  if (groups.length === batch) return;
  throw new LabError({
    code: 'shape-mismatch',
    stage: 'scoring channels',
    message: `The batch has ${batch} images but ${groups.length} groups.`,
    hint: 'Report this with the run record: images and groups are read from the same list.',
    details: { images: batch, groups: groups.length },
  });
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
