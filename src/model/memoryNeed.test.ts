import { describe, expect, it } from 'vitest';
import { fitsMemory, inferenceNeed, memorySentence, trainingNeed } from './memoryNeed';

const mebibyte = 2 ** 20;

/** 1,000 parameters; outputs of 1,024, 4,096, 2,048 and 10 numbers for one image. */
const model = {
  parameters: 1000,
  layers: [{ outputShape: [8, 8, 16] }, { outputShape: [8, 8, 64] }, { outputShape: [2048] }, { outputShape: [10] }],
};

describe('the memory that work needs', () => {
  it('of a training step is four times the weights and twice every output', () => {
    // 4 bytes · (4 · 1000 + 2 · 7178 · 10)
    expect(trainingNeed(model, 10)).toEqual({ bytes: 590_240, largestTensorBytes: 163_840 });
  });

  it('of a forward pass is the weights, the largest neighbours among the outputs and 64 MiB to work in', () => {
    // 4 bytes · (1000 + (4096 + 2048) · 10)
    expect(inferenceNeed(model, 10)).toEqual({ bytes: 249_760 + 64 * mebibyte, largestTensorBytes: 163_840 });
  });

  it('fits when neither the whole nor the largest piece is above what there can be', () => {
    const need = { bytes: 100, largestTensorBytes: 40 };
    expect(fitsMemory(need, { bytes: 100, tensorBytes: 40 })).toBe(true);
    expect(fitsMemory(need, { bytes: 99, tensorBytes: null })).toBe(false);
    expect(fitsMemory(need, { bytes: null, tensorBytes: 39 })).toBe(false);
    expect(fitsMemory(need, { bytes: null, tensorBytes: null })).toBe(true);
  });

  it('is told in words, with what there can be where the backend tells', () => {
    const need = () => ({ bytes: 410 * mebibyte, largestTensorBytes: 3 * 1024 * mebibyte });
    const task = { name: 'Fine-tuning', batchSize: 32, need };
    expect(memorySentence(task, { bytes: 4_294_901_760, tensorBytes: null })).toBe(
      'Fine-tuning in batches of 32 needs about 410 MiB of the 4.0 GiB there can be.',
    );
    expect(memorySentence(task, { bytes: null, tensorBytes: 2 ** 31 })).toBe(
      "Fine-tuning in batches of 32 needs about 410 MiB. One layer's output takes 3.0 GiB, and this GPU gives 2.0 GiB in one piece.",
    );
  });
});
