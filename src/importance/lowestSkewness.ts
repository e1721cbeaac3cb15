import type { Importance } from './importance';

export const lowestSkewness: Importance = {
  id: 'lowest-skewness',
  label: 'Lowest skewness',
  source:
    'Skewness of maps as a ground for pruning: arXiv 2509.00745; absolute value, mean and order are the lab’s reading.',
  meaning: 'Ranks by how unevenly the channel responds over an image, whatever the group.',
  firstToGo: 'the channels that respond to the whole image',
  rank: ({ skewness }) => skewness(),
};
