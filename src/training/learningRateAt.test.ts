import { describe, expect, it } from 'vitest';
import { learningRateAt } from './learningRateAt';
import type { TrainSettings } from './trainSettings';

const optimizer = { name: 'adam' as const, learningRate: 0.8, weightDecay: 0 };

function rates(schedule: TrainSettings['schedule'], epochs: number, warmUpEpochs = 0): number[] {
  const settings = { optimizer, schedule, epochs, warmUpEpochs };
  return Array.from({ length: epochs }, (_, index) => learningRateAt(settings, index + 1));
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

  it('follows half a cosine, as torch 1.13 CosineAnnealingLR(T_max=5, eta_min=0.1) does', () => {
    // torch.optim.lr_scheduler.CosineAnnealingLR on a rate of 0.8: the rate before each scheduler.step().
    const torchRates = [0.8, 0.7331559480312315, 0.5581559480312316, 0.3418440519687685, 0.1668440519687684];
    for (const [index, rate] of rates({ kind: 'cosine', minLearningRate: 0.1 }, 5).entries()) {
      expect(rate).toBeCloseTo(torchRates[index]!, 12);
    }
  });

  it('rises batch by batch while it warms up, and then is the schedule’s', () => {
    const settings = { optimizer, schedule: { kind: 'constant' as const }, epochs: 4, warmUpEpochs: 2 };
    expect(learningRateAt(settings, 1, 0.25)).toBeCloseTo(0.1, 12);
    expect(learningRateAt(settings, 1, 1)).toBeCloseTo(0.4, 12);
    expect(learningRateAt(settings, 2, 0.5)).toBeCloseTo(0.6, 12);
    expect(learningRateAt(settings, 3, 0.25)).toBe(0.8);
  });
});
