import type { Importance } from './importance';

/** The method that the lab is about. */
export const snnl: Importance = {
  id: 'snnl',
  label: 'SNNL-Fair',
  source:
    'Eq. 1 of "Achieving Fairness Through Channel Pruning for Dermatological Disease Diagnosis", arXiv 2405.08681.',
  meaning: 'Ranks by the soft nearest neighbour loss of the groups in the channel’s maps.',
  firstToGo: 'the channels whose maps tell the groups apart most',
  rank: ({ scores }) => scores(),
};
