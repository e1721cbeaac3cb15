import { memory, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasmAndCpu } from '../testing/computeOn';
import { clipGradients } from './clipGradients';

describe('clipGradients', () => {
  beforeAll(startWasmAndCpu);

  const gradients = () => ({ a: tensor([3, 4]), b: tensor([[12]]) });

  it('shortens gradients of norm 13 to norm 2, as torch 1.13 clip_grad_norm_ does', async () => {
    const { a, b } = clipGradients(gradients(), 2);
    const values = [...(await a!.data()), ...(await b!.data())];
    [0.4615384340286255, 0.615384578704834, 1.846153736114502].forEach((expected, index) =>
      expect(values[index]).toBeCloseTo(expected, 6),
    );
  });

  it('leaves gradients that are short enough as they are, and no tensor behind but the new ones', async () => {
    const given = gradients();
    const before = memory().numTensors;
    const { a, b } = clipGradients(given, 14);
    expect([...(await a!.data()), ...(await b!.data())]).toEqual([3, 4, 12]);
    expect(memory().numTensors - before).toBe(2);
  });
});
