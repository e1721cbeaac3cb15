import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvGeometry } from './convGeometry';
import { composeKernels, type RunKernel } from './kernelScope';

/** Values in a column buffer: 32 MiB, room for a good matrix product, far below what a batch of large maps needs. */
const maxColumnValues = 8 * 1024 * 1024;

export interface ImageChunk {
  run: RunKernel;
  /** dY of the chunk as a matrix, [1, images·outHeight·outWidth, outChannels]. */
  rows: TensorInfo;
  firstImage: number;
  images: number;
}

/**
 * Calls `body` for as many images at a time as the column buffer takes; what a call makes is freed after it.
 * @param dy [batch, outHeight, outWidth, outChannels]
 */
export function forEachImageChunk(
  backend: BackendWasm,
  dy: TensorInfo,
  { batch, outHeight, outWidth, outChannels, kernelHeight, kernelWidth, inChannels }: ConvGeometry,
  body: (chunk: ImageChunk) => void,
): void {
  const pixels = outHeight * outWidth;
  const perImage = kernelHeight * kernelWidth * inChannels * pixels;
  const chunk = Math.max(1, Math.min(batch, Math.floor(maxColumnValues / perImage)));
  const allRows: TensorInfo = { ...dy, shape: [1, batch * pixels, outChannels] };
  for (let firstImage = 0; firstImage < batch; firstImage += chunk) {
    const images = Math.min(chunk, batch - firstImage);
    const begin = [0, firstImage * pixels, 0];
    const size = [1, images * pixels, outChannels];
    composeKernels(backend, (run) => {
      const rows = images === batch ? allRows : run('Slice', { x: allRows }, { begin, size });
      body({ run, rows, firstImage, images });
    });
  }
}
