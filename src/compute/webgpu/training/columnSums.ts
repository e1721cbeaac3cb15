import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { runKernelThreads } from '../runThreads';

/** Fewest rows that one thread adds up, and about how many threads a first pass has. */
const fewestRows = 16;
const aimedThreads = 16_384;

interface ColumnSumsRequest {
  /** Names the code: the same name, the same terms. */
  name: string;
  inputs: Record<string, TensorInfo>;
  rows: number;
  columns: number;
  /** WGSL of what is added up for each output, with `i` the place of a value, `c` its column. */
  terms: string[];
}

/**
 * Sums over the rows of matrices [rows, columns], several at once, in two passes: many threads add up a stretch of rows
 * each, then one thread per column adds up theirs. The stock sum over leading axes transposes the whole map first.
 * @returns [terms, columns]; the caller disposes of it
 */
export function columnSums(backend: WebGPUBackend, request: ColumnSumsRequest): TensorInfo {
  const { name, inputs, rows, columns, terms } = request;
  const stretches = Math.max(1, Math.min(Math.ceil(rows / fewestRows), Math.ceil(aimedThreads / columns)));
  const parts = runKernelThreads(backend, {
    name: `column-sums-${name}`,
    inputs,
    uniforms: { i32: { rows, columns, stretches } },
    outputShape: [terms.length, stretches, columns],
    threads: stretches * columns,
    code: `
      fn work(thread : i32) {
        let c = thread % uniforms.columns;
        ${terms.map((_, term) => `var sum${term} = 0.0;`).join(' ')}
        for (var row = thread / uniforms.columns; row < uniforms.rows; row += uniforms.stretches) {
          let i = row * uniforms.columns + c;
          ${terms.map((code, term) => `sum${term} += ${code};`).join('\n          ')}
        }
        ${terms.map((_, term) => `result[${term} * uniforms.stretches * uniforms.columns + thread] = sum${term};`).join('\n        ')}
      }`,
  });
  const sums = runKernelThreads(backend, {
    name: 'column-sums-last',
    inputs: { parts },
    uniforms: { i32: { columns, stretches } },
    outputShape: [terms.length, columns],
    threads: terms.length * columns,
    code: `
      fn work(thread : i32) {
        let first = (thread / uniforms.columns) * uniforms.stretches * uniforms.columns + thread % uniforms.columns;
        var sum = 0.0;
        for (var stretch = 0; stretch < uniforms.stretches; stretch++) {
          sum += parts[first + stretch * uniforms.columns];
        }
        result[thread] = sum;
      }`,
  });
  backend.disposeData(parts.dataId);
  return sums;
}
