import { getKernel, memory, registerKernel, setBackend, unregisterKernel } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startWasmAndCpu } from '../../testing/computeOn';
import { opChecks } from './opChecks';
import { runSelfTest } from './runSelfTest';

beforeAll(startWasmAndCpu);
afterEach(() => setBackend('wasm'));

describe('the self-test of the operations', () => {
  it.each(['wasm', 'cpu'])('finds %s in order and leaves nothing behind', async (backend) => {
    await setBackend(backend);
    const before = memory().numTensors;
    const report = await runSelfTest(opChecks);
    expect(report.failures).toEqual([]);
    expect(report.checks).toBe(17);
    expect(memory().numTensors).toBe(before);
  });

  it.each([
    ['Conv2DBackpropFilter', 'convolution 3×3', 'gradient of filter'],
    ['MaxPoolGrad', 'max pooling 2×2', 'gradient of input'],
    ['AvgPoolGrad', 'average pooling 3×3, stride 2', 'gradient of input'],
    ['FusedBatchNorm', 'batch normalisation', 'output'],
    ['FusedConv2D', 'convolution 7×7, stride 2', 'output'],
    ['Exp', 'softmax cross-entropy', 'output'],
  ])('names %s when its values are 1 %% too large', async (kernelName, check, part) => {
    await withScaledKernel(kernelName, 1.01, async () => {
      const { failures } = await runSelfTest(opChecks);
      const failure = failures.find((one) => one.check === check && one.part === part);
      expect(failure?.relativeError).toBeGreaterThan(0.005);
      expect(failure?.relativeError).toBeLessThan(0.02);
      expect(failure?.message).toMatch(/off by 1\.\d % of its largest value|off by 0\.\d+ %/);
    });
    expect((await runSelfTest(opChecks)).failures).toEqual([]);
  });

  it('names an operation that breaks off, and one that gives no numbers', async () => {
    await withScaledKernel('MaxPool', Number.NaN, async () => {
      const { failures } = await runSelfTest(opChecks);
      expect(failures.map(({ message }) => message)).toContain('max pooling 2×2, output: not a number');
    });
    const broken = { name: 'sums', expected: {}, compute: () => Promise.reject(new Error('no adder')) };
    expect((await runSelfTest([broken])).failures).toEqual([
      { check: 'sums', part: null, relativeError: null, message: 'sums broke off: no adder' },
    ]);
  });

  it('counts a part that is missing or too short as wrong', async () => {
    const short = { name: 'sums', expected: { output: [1, 2] }, compute: async () => ({ output: [1] }) };
    expect((await runSelfTest([short])).failures[0]?.message).toBe('sums, output: 1 values instead of 2');
    const missing = { ...short, compute: async () => ({}) };
    expect((await runSelfTest([missing])).failures[0]?.message).toBe('sums, output: 0 values instead of 2');
  });
});

/** Lets one WASM kernel multiply all it writes, as a wrong driver would. */
async function withScaledKernel(kernelName: string, factor: number, work: () => Promise<void>): Promise<void> {
  const stock = getKernel(kernelName, 'wasm');
  unregisterKernel(kernelName, 'wasm');
  registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const output = stock.kernelFunc(call);
      for (const { dataId } of [output].flat()) {
        const values = (call.backend as { typedArrayFromHeap(info: unknown): Float32Array }).typedArrayFromHeap({
          ...[output].flat()[0],
          dataId,
        });
        for (let i = 0; i < values.length; i++) values[i]! *= factor;
      }
      return output;
    },
  });
  try {
    await work();
  } finally {
    unregisterKernel(kernelName, 'wasm');
    registerKernel(stock);
  }
}
