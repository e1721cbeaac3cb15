import { describe, expect, it } from 'vitest';
import { benchCases } from './benchCases';

const everything = { only: '', quick: false, backend: null };
const gpu = { device: 'a GPU', isSoftware: false };
const software = { device: 'swiftshader', isSoftware: true };
const namesOf = (cases: ReturnType<typeof benchCases>) => cases.map(({ name }) => name);

describe('benchCases', () => {
  it('takes from a software GPU two small comparisons, with the loop and with stock kernels, and nothing else', () => {
    const names = namesOf(benchCases(everything, software));
    expect(names.filter((name) => name.includes('WebGPU'))).toEqual([
      'snnl against the loop, WebGPU',
      'train demo net against stock, WebGPU',
    ]);
    expect(names.length).toBeGreaterThan(5);
  });

  it('times training and scoring on a real GPU too', () => {
    const names = namesOf(benchCases({ ...everything, backend: 'webgpu' }, gpu));
    expect(names).toContain('train ResNet-18, WebGPU');
    expect(names).toContain('snnl share of scoring, WebGPU');
    expect(names.filter((name) => name.includes('WASM'))).toEqual([]);
  });

  it('needs no GPU for WASM', () => {
    expect(namesOf(benchCases({ ...everything, backend: 'wasm' }, gpu))).toEqual(namesOf(benchCases(everything, null)));
  });

  it('keeps the cases with the given words in their names', () => {
    expect(namesOf(benchCases({ ...everything, only: 'ResNet-18, W' }, null))).toEqual(['train ResNet-18, WASM']);
    expect(benchCases({ ...everything, only: 'nothing' }, gpu)).toEqual([]);
  });

  it('judges nothing at quick sizes', () => {
    const quick = benchCases({ ...everything, quick: true }, gpu).flatMap(({ rows }) => rows);
    expect(quick.filter(({ bar }) => bar !== null)).toEqual([]);
    expect(quick).toHaveLength(benchCases(everything, gpu).flatMap(({ rows }) => rows).length);
  });

  it('reads every row from two variants of its case', () => {
    for (const { variants, rows } of benchCases(everything, gpu)) {
      for (const { over, under } of rows) expect(Object.keys(variants)).toEqual(expect.arrayContaining([over, under]));
    }
  });
});
