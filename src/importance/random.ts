import type { Importance } from './importance';

export const random: Importance = {
  id: 'random',
  label: 'Random channels',
  source: 'The usual control of pruning studies, as in "Recovering from Random Pruning", arXiv 1801.10447.',
  meaning: 'Ranks by a random number, which the run’s seed and the round decide.',
  firstToGo: 'channels drawn at random',
  rank: async ({ channelCount, random: stream }) => Array.from({ length: channelCount }, () => stream.next()),
};
