import type { Importance } from './importance';

export const lowestL1: Importance = {
  id: 'lowest-l1',
  label: 'Lowest L1 norm',
  source: '"Pruning Filters for Efficient ConvNets", arXiv 1608.08710.',
  meaning: 'Ranks by the sum of the absolute weights of the channel’s kernel.',
  firstToGo: 'the channels with the smallest weights',
  async rank({ kernel }) {
    const { data, shape } = await kernel();
    const channels = shape.at(-1)!;
    const norms = Array.from({ length: channels }, () => 0);
    data.forEach((weight, i) => {
      norms[i % channels]! += Math.abs(weight);
    });
    return norms;
  },
};
