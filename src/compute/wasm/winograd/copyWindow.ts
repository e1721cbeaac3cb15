import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { simdKernels } from '../simd/simdKernels';

/** Images in memory, row-major [images, height, width, channels]. */
interface Pictures {
  address: number;
  height: number;
  width: number;
  channels: number;
}

/** A rectangle of pixels in memory, row-major [rows, columns, channels]. */
interface Window {
  address: number;
  values: Float32Array;
  rows: number;
  columns: number;
}

/**
 * Copies part of one image into a window that may reach over its edges. Rows outside the image become 0; columns outside
 * are left as they are, and must be 0 from the start.
 * @param place row and column of the image at the window's first pixel, negative outside
 */
export function copyWindow(
  backend: BackendWasm,
  { address, height, width, channels }: Pictures,
  image: number,
  place: { row: number; column: number },
  window: Window,
): void {
  const [top, end] = [Math.max(0, place.row), Math.min(height, place.row + window.rows)];
  const [left, right] = [Math.max(0, place.column), Math.min(width, place.column + window.columns)];
  const rowValues = window.columns * channels;
  window.values.fill(0, 0, (top - place.row) * rowValues);
  window.values.fill(0, Math.max(0, end - place.row) * rowValues, window.rows * rowValues);
  if (end <= top || right <= left) return;
  simdKernels(backend).copyRows(
    address + ((image * height + top) * width + left) * channels * 4,
    window.address + ((top - place.row) * window.columns + (left - place.column)) * channels * 4,
    end - top,
    (right - left) * channels * 4,
    width * channels * 4,
    rowValues * 4,
  );
}
