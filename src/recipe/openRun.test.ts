import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '../foundation/createJobControl';
import { runId } from '../foundation/ids';
import { colourDataset } from '../testing/colourDataset';
import { colourModel } from '../testing/colourModel';
import { handMadeRecord } from '../testing/handMadeRecord';
import { openRun } from './openRun';
import type { RunInputs } from './recipeBench';

const twoClasses = [
  [1, 0],
  [0, 1],
  [0, 0],
];

beforeAll(() => setBackend('cpu'));

function inputsOf(classNames: string[]): RunInputs {
  return {
    dataset: colourDataset([], 8, classNames),
    unpruned: colourModel(twoClasses, 8),
  };
}

function open(inputs: RunInputs) {
  const { config, environment } = handMadeRecord();
  const newRun = { id: runId('new'), config, environment, now: '2026-01-01T10:00:00.000Z' };
  return openRun(newRun, inputs, createSilentContext());
}

describe('openRun', () => {
  it('refuses a model with another number of classes than the data, naming both', async () => {
    await expect(open(inputsOf(['red', 'green', 'blue']))).rejects.toMatchObject({
      code: 'model-mismatch',
      message: 'The dataset has 3 classes (red, green, blue), the model 2 (c0, c1).',
      details: { datasetClasses: 3, modelClasses: 2 },
    });
  });

  it('refuses a model without a convolution that can be pruned', async () => {
    const { config } = handMadeRecord();
    expect(config.layer).toBeNull();
    await expect(open(inputsOf(['red', 'green']))).rejects.toMatchObject({
      code: 'layer-not-found',
      message: '"colours" has no convolution that can be pruned.',
    });
  });
});
