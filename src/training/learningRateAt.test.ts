import { describe, expect, it } from 'vitest';
import { learningRateAt } from './learningRateAt';
import type { TrainSettings } from './trainSettings';

const optimizer = { name: 'adam' as const, learningRate: 0.8, weightDecay: 0 };

function rates(schedule: TrainSettings['schedule'], epochs: number): number[] {
  return Array.from({ length: epochs }, (_, index) => learningRateAt({ optimizer, schedule }, index + 1));
}

describe('learningRateAt', () => {
  it('is the same in every epoch of a constant schedule', () => {
    expect(rates({ kind: 'constant' }, 4)).toEqual([0.8, 0.8, 0.8, 0.8]);
  });

  it('falls by gamma after every `stepEpochs` epochs, the first time after the first of them', () => {
    expect(rates({ kind: 'step', stepEpochs: 3, gamma: 0.5 }, 8)).toEqual([0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2, 0.2]);
  });

  it('can fall after every epoch', () => {
    expect(rates({ kind: 'step', stepEpochs: 1, gamma: 0.5 }, 4)).toEqual([0.8, 0.4, 0.2, 0.1]);
  });
});
