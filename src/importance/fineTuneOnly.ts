import type { Importance } from './importance';

/** What pruning is told apart from: the same rounds of fine-tuning with every channel in place. */
export const fineTuneOnly: Importance = {
  id: 'fine-tune-only',
  label: 'Fine-tuning only',
  source: 'The lab’s control: the same training without a cut.',
  meaning: 'Ranks nothing: every channel stays, and the network is fine-tuned as in the other arms.',
  firstToGo: null,
  rank: null,
};
