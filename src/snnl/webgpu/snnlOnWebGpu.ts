import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  backend as currentBackend,
  type Tensor,
  type Tensor4D,
  tensor1d,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { LabError } from '../../foundation/labError';
import { countingBlocks, groupBlocks, imagesIn } from '../groupBlocks';
import type { SnnlBatchScores, SnnlOptions } from '../snnlOptions';
import { anchorLosses } from './anchorLosses';
import { gatherMaps } from './gatherMaps';
import { mapScales } from './mapScales';
import { summarizeChannels } from './summarizeChannels';

type Groups = Int32Array | Uint8Array;

/**
 * SNNL of one batch on the WebGPU backend, as `snnlBatch`: four dispatches, whatever the batch, and nothing of the size
 * of all pairs is written. Two numbers per channel come back.
 *
 * @param maps float32 [b, h, w, C], b ≥ 2
 * @param groups group of each image
 */
export async function snnlOnWebGpu(maps: Tensor4D, groups: Groups, options: SnnlOptions): Promise<SnnlBatchScores> {
  const validAnchors = imagesIn(countingBlocks(groupBlocks(groups).blocks, options));
  const channels = maps.shape[3];
  const summary = tidy(() => {
    const backend = webGpuInUse();
    const { losses, scales } = lossesOfAnchors(backend, maps, groups, options);
    return summarizeChannels(backend, losses, scales);
  });
  const values = await summary.data<'float32'>();
  summary.dispose();
  return {
    losses: values.slice(0, channels).map((sum) => (validAnchors > 0 ? sum / validAnchors : Number.NaN)),
    temperatures: values.slice(channels),
    validAnchors,
  };
}

/** Loss of every anchor, row-major [b, C]; NaN for one that is left out. */
export async function anchorLossesOnWebGpu(
  maps: Tensor4D,
  groups: Groups,
  options: SnnlOptions,
): Promise<Float32Array> {
  const channels = maps.shape[3];
  const losses = tidy(() => transpose(lossesOfAnchors(webGpuInUse(), maps, groups, options).losses));
  const values = await losses.data<'float32'>();
  losses.dispose();
  const { order, blocks } = groupBlocks(groups);
  const counting = new Set(countingBlocks(blocks, options));
  for (const block of blocks) {
    if (counting.has(block)) continue;
    for (const image of order.subarray(block.start, block.start + block.size)) {
      values.fill(Number.NaN, image * channels, (image + 1) * channels);
    }
  }
  return values;
}

function lossesOfAnchors(
  backend: WebGPUBackend,
  maps: Tensor4D,
  groups: Groups,
  options: SnnlOptions,
): { losses: Tensor; scales: Tensor } {
  const points = gatherMaps(backend, maps);
  const scales = mapScales(backend, points, options);
  const losses = anchorLosses(backend, { points, scales, groups: tensor1d(Int32Array.from(groups), 'int32') }, options);
  return { losses, scales };
}

function webGpuInUse(): WebGPUBackend {
  const backend = currentBackend();
  if (backend instanceof WebGPUBackend) return backend;
  throw new LabError({
    code: 'internal',
    stage: 'scoring channels',
    message: 'Maps were to be scored on WebGPU while another backend is in use.',
    hint: 'Reload the page. If it happens again, report it with the run record.',
  });
}
