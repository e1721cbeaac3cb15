import { describe, expect, it } from 'vitest';
import { forecastStorage, judgeRoom } from './forecastStorage';
import { completeRunConfig } from './runConfig';

const config = completeRunConfig({ pruning: { rounds: 4 }, arms: ['snnl', 'random', 'fine-tune-only'] });
const tuned = (optimizer: typeof config.fineTune.optimizer, epochs = 3) => ({
  ...config,
  fineTune: { ...config.fineTune, epochs, optimizer },
});

describe('the forecast of what a run stores', () => {
  it('is a model per round and arm, and two checkpoints of weights, best weights and slots', () => {
    const sgd = { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0 } as const;
    // 1000 float32 are 4000 bytes; 4 rounds × 3 arms; 2 × (weights, best weights, momentum).
    expect(forecastStorage(tuned(sgd), 1000)).toEqual({ modelBytes: 48_000, checkpointBytes: 24_000 });
    expect(forecastStorage(tuned({ ...sgd, momentum: 0, nesterov: false }), 1000).checkpointBytes).toBe(16_000);
    const adam = { name: 'adam', learningRate: 0.1, weightDecay: 0 } as const;
    expect(forecastStorage(tuned(adam), 1000).checkpointBytes).toBe(32_000);
    expect(forecastStorage(tuned(adam, 0), 1000).checkpointBytes).toBe(0);
  });

  it('fits, is tight, or clearly cannot fit', () => {
    const forecast = { modelBytes: 70, checkpointBytes: 30 };
    expect([100, 99, 50, 49].map((free) => judgeRoom(forecast, free))).toEqual([
      'enough',
      'tight',
      'tight',
      'too-little',
    ]);
  });
});
