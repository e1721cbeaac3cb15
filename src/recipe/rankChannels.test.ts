import { describe, expect, it } from 'vitest';
import { createRandom } from '../foundation/random';
import { rankChannels } from './rankChannels';

// Kernel [1, 2, 1, 3]: channel 0 has weights 1 and -2, channel 1 has 0.5 and 0, channel 2 has -4 and 1.
const facts = () => ({
  scores: [0.7, Number.NaN, -0.2],
  kernel: () => Promise.resolve({ data: Float32Array.of(1, 0.5, -4, -2, 0, 1), shape: [1, 2, 1, 3] }),
  skewness: () => Promise.resolve([0.3, 0, 2]),
  random: createRandom(3, 'arm'),
});

describe('rankChannels', () => {
  it('prunes by the score, and the control by its opposite', async () => {
    expect(await rankChannels('snnl', facts())).toEqual([0.7, Number.NaN, -0.2]);
    expect(await rankChannels('highest-snnl', facts())).toEqual([-0.7, Number.NaN, 0.2]);
  });

  it('sums the absolute weights of each output channel', async () => {
    expect(await rankChannels('lowest-l1', facts())).toEqual([3, 0.5, 5]);
  });

  it('takes the skewness of the maps as it was measured', async () => {
    expect(await rankChannels('lowest-skewness', facts())).toEqual([0.3, 0, 2]);
  });

  it('draws one number per channel from the given stream', async () => {
    const stream = createRandom(3, 'arm');
    expect(await rankChannels('random', facts())).toEqual([stream.next(), stream.next(), stream.next()]);
  });
});
