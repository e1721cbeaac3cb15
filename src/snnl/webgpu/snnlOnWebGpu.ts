import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { concat, backend as currentBackend, type Tensor, type Tensor4D, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { LabError } from '../../foundation/labError';
import { countingBlocks, groupBlocks, imagesIn } from '../groupBlocks';
import type { SnnlBatchScores, SnnlOptions } from '../snnlOptions';
import { anchorLosses } from './anchorLosses';
import { channelSums } from './channelSums';
import { type ChannelChunk, gatherMaps } from './gatherMaps';
import { neighbourSums } from './neighbourSums';
import { temperatureShares } from './temperatureShares';

type Groups = Int32Array | Uint8Array;

/** Channels are scored together as far as their gathered maps fit into so much memory. */
const mostChunkBytes = 64 * 2 ** 20;

/**
 * SNNL of one batch on the WebGPU backend, as `snnlBatch`. A chunk of channels takes five dispatches (four where T is a
 * number), and nothing of the size of all pairs is written. Two numbers per channel come back, in one read.
 *
 * @param maps float32 [b, h, w, C], b ≥ 2
 * @param groups group of each image
 * @param chunkBytes what the gathered maps of a chunk may take
 */
export async function snnlOnWebGpu(
  maps: Tensor4D,
  groups: Groups,
  options: SnnlOptions,
  chunkBytes = mostChunkBytes,
): Promise<SnnlBatchScores> {
  const validAnchors = imagesIn(countingBlocks(groupBlocks(groups).blocks, options));
  const channels = maps.shape[3];
  const values = await inChunks(maps, groups, options, chunkBytes, channelSums);
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
  chunkBytes = mostChunkBytes,
): Promise<Float32Array> {
  const channels = maps.shape[3];
  const values = await inChunks(maps, groups, options, chunkBytes, (_, losses) => losses);
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

/** What `finish` makes of the losses [b, channels of the chunk], put side by side. */
async function inChunks(
  maps: Tensor4D,
  groups: Groups,
  options: SnnlOptions,
  chunkBytes: number,
  finish: (backend: WebGPUBackend, losses: Tensor, shares: Tensor) => Tensor,
): Promise<Float32Array> {
  const backend = webGpuInUse();
  const batch = groups.length;
  const all = tidy(() => {
    const groupOfImage = tensor1d(Int32Array.from(groups), 'int32');
    const parts = chunksOf(maps, chunkBytes).map((chunk) =>
      tidy(() => {
        const points = gatherMaps(backend, maps, chunk, options);
        const shares = temperatureShares(backend, points, batch, options.temperature);
        const sums = neighbourSums(backend, { points, groups: groupOfImage, shares });
        const losses = anchorLosses(backend, { points, sums, batch, shares }, options);
        return finish(backend, losses, shares);
      }),
    );
    return parts.length === 1 ? parts[0]! : concat(parts, 1);
  });
  const values = await all.data<'float32'>();
  all.dispose();
  return values;
}

function chunksOf({ shape: [batch, height, width, channels] }: Tensor4D, chunkBytes: number): ChannelChunk[] {
  const channelBytes = (height * width + 1) * Math.ceil(batch / 4) * 16;
  const size = Math.max(1, Math.min(channels, Math.floor(chunkBytes / channelBytes)));
  return Array.from({ length: Math.ceil(channels / size) }, (_, i) => ({
    first: i * size,
    count: Math.min(size, channels - i * size),
  }));
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
