import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend_util, type Conv2DBackpropFilterAttrs, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { runKernelShader } from '../runShader';
import { columnSums } from './columnSums';

/** Threads along each side of a workgroup; each makes 4×4 values of a tile of 32×32. */
const side = 8;
const tile = 32;
/** Positions that a tile takes in at a time. */
const depth = 16;
/** About how many workgroups keep a GPU busy, and the fewest positions that are worth one. */
const aimedGroups = 512;
const fewestPositions = 256;

/**
 * Gradient of a convolution for its filter as a matrix product:
 *
 *     dW[(row, column, cIn), cOut] = Σ over the positions (image, oy, ox) of x[image, oy·s + row - top, …, cIn] · dy[position, cOut]
 *
 * The sum over positions, by far the longest side, is cut into slices that are worked on side by side and added up
 * afterwards. The stock kernel has one thread per weight, which goes through all positions alone. NHWC, dilation 1; other
 * layouts go to the stock kernel.
 */
export function conv2DBackpropFilter(stock: KernelFunc): KernelFunc {
  return (call) => {
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } =
      call.attrs as unknown as Conv2DBackpropFilterAttrs;
    if (dataFormat !== 'NHWC') return stock(call);
    const { x, dy } = call.inputs as { x: TensorInfo; dy: TensorInfo };
    const shape = x.shape as [number, number, number, number];
    const g = backend_util.computeConv2DInfo(shape, filterShape, strides, 1, pad, dimRoundingMode);
    const backend = call.backend as WebGPUBackend;
    const filterRows = g.filterHeight * g.filterWidth * g.inChannels;
    const positions = g.batchSize * g.outHeight * g.outWidth;
    const tiles = Math.ceil(filterRows / tile) * Math.ceil(g.outChannels / tile);
    const slices = Math.max(1, Math.min(Math.ceil(aimedGroups / tiles), Math.ceil(positions / fewestPositions)));
    const parts = runKernelShader(backend, {
      name: 'conv-filter-grad',
      inputs: { x, dy },
      uniforms: {
        i32: {
          positions,
          positionsPerSlice: Math.ceil(positions / slices),
          filterRows,
          filterWidth: g.filterWidth,
          inChannels: g.inChannels,
          outChannels: g.outChannels,
          outWidth: g.outWidth,
          outPixels: g.outHeight * g.outWidth,
          inHeight: g.inHeight,
          inWidth: g.inWidth,
          strideHeight: g.strideHeight,
          strideWidth: g.strideWidth,
          top: g.padInfo.top,
          left: g.padInfo.left,
        },
      },
      outputShape: [slices, filterRows, g.outChannels],
      workgroupSize: [side, side],
      workgroups: [Math.ceil(g.outChannels / tile) * Math.ceil(filterRows / tile), slices],
      code,
    });
    if (slices === 1) return { ...parts, shape: filterShape };
    const columns = filterRows * g.outChannels;
    const sums = columnSums(backend, { name: 'values', inputs: { x: parts }, rows: slices, columns, terms: ['x[i]'] });
    backend.disposeData(parts.dataId);
    return { ...sums, shape: filterShape };
  };
}

const perThread = [0, 1, 2, 3];

const code = `
      var<workgroup> inputs : array<array<vec4<f32>, ${side}>, ${depth}>;
      var<workgroup> gradients : array<array<vec4<f32>, ${side}>, ${depth}>;

      // Where a row of the filter reads: row, column and channel.
      struct Tap { row : i32, column : i32, channel : i32 };

      fn tapOf(filterRow : i32) -> Tap {
        let channel = filterRow % uniforms.inChannels;
        let place = filterRow / uniforms.inChannels;
        return Tap(place / uniforms.filterWidth, place % uniforms.filterWidth, channel);
      }

      fn inputAt(position : i32, filterRow : i32, tap : Tap) -> f32 {
        let pixel = position % uniforms.outPixels;
        let row = (pixel / uniforms.outWidth) * uniforms.strideHeight + tap.row - uniforms.top;
        let column = (pixel % uniforms.outWidth) * uniforms.strideWidth + tap.column - uniforms.left;
        let isInside = row >= 0 && row < uniforms.inHeight && column >= 0 && column < uniforms.inWidth;
        if (!isInside || filterRow >= uniforms.filterRows) { return 0.0; }
        let image = position / uniforms.outPixels;
        return x[((image * uniforms.inHeight + row) * uniforms.inWidth + column) * uniforms.inChannels + tap.channel];
      }

      fn gradientAt(position : i32, channel : i32) -> f32 {
        if (channel >= uniforms.outChannels) { return 0.0; }
        return dy[position * uniforms.outChannels + channel];
      }

      fn main() {
        let tilesAcross = (uniforms.outChannels + ${tile - 1}) / ${tile};
        let firstRow = (i32(workgroupId.x) / tilesAcross) * ${tile};
        let firstChannel = (i32(workgroupId.x) % tilesAcross) * ${tile};
        let slice = i32(workgroupId.y);
        let start = slice * uniforms.positionsPerSlice;
        let last = min(start + uniforms.positionsPerSlice, uniforms.positions);

        // What this thread fetches: four rows and four channels, at every eighth position of the tile.
        let fetched = i32(localIndex) % ${side};
        let fetchedRow = firstRow + fetched * 4;
        let fetchedChannel = firstChannel + fetched * 4;
        ${perThread.map((n) => `let tap${n} = tapOf(fetchedRow + ${n});`).join('\n        ')}
        ${perThread.map((n) => `var sum${n} = vec4<f32>(0.0);`).join('\n        ')}

        // The same number of turns for every thread of the group, which barriers require.
        for (var turn = 0; turn < uniforms.positionsPerSlice; turn += ${depth}) {
          workgroupBarrier();
          for (var i = i32(localIndex) / ${side}; i < ${depth}; i += ${side}) {
            let position = start + turn + i;
            var input = vec4<f32>(0.0);
            var gradient = vec4<f32>(0.0);
            if (position < last) {
              input = vec4<f32>(${perThread.map((n) => `inputAt(position, fetchedRow + ${n}, tap${n})`).join(', ')});
              gradient = vec4<f32>(${perThread.map((n) => `gradientAt(position, fetchedChannel + ${n})`).join(', ')});
            }
            inputs[i][fetched] = input;
            gradients[i][fetched] = gradient;
          }
          workgroupBarrier();
          for (var i = 0; i < ${depth}; i++) {
            let input = inputs[i][localId.y];
            let gradient = gradients[i][localId.x];
            ${perThread.map((n) => `sum${n} += input[${n}] * gradient;`).join('\n            ')}
          }
        }

        let channel = firstChannel + i32(localId.x) * 4;
        let row = firstRow + i32(localId.y) * 4;
        ${perThread.map((n) => `store(slice, row + ${n}, channel, sum${n});`).join('\n        ')}
      }

      fn store(slice : i32, row : i32, channel : i32, values : vec4<f32>) {
        if (row >= uniforms.filterRows) { return; }
        let start = (slice * uniforms.filterRows + row) * uniforms.outChannels;
        for (var n = 0; n < 4; n++) {
          if (channel + n < uniforms.outChannels) { result[start + channel + n] = values[n]; }
        }
      }`;
