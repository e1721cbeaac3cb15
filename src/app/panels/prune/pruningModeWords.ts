import type { LayerChange, PruningMode } from '../../../model/labModel';

/** What a round does to its channels. */
export const modeDeeds: Record<PruningMode, string> = {
  tail: 'removes',
  stage: 'removes',
  'branch-zero': 'zeroes',
  'kernel-mask': 'masks',
};

export function isRemovingChannels(mode: PruningMode): boolean {
  return modeDeeds[mode] === 'removes';
}

/** What a layer is to a plan. */
export const roleWords: Record<LayerChange['role'], string> = {
  target: 'chosen',
  coupled: 'coupled',
  follows: 'follows',
  carries: 'carries',
  reads: 'reads',
  selects: 'new: selects',
};

/** What the words mean, for below the plan. */
export const roleMeanings =
  'Coupled layers lose the same channels as the chosen ones. What follows has weights per channel, what carries has none, what reads mixes them into others; a new layer selects the channels that stay.';
