import type { LayerChange, PruningMode } from '../../../model/labModel';

export const modeChoices: { value: PruningMode; label: string }[] = [
  { value: 'tail', label: 'removed, skip selected (C)' },
  { value: 'stage', label: 'removed from the stage (D)' },
  { value: 'branch-zero', label: 'branch zeroed (B)' },
  { value: 'kernel-mask', label: 'kernel masked (A, authors’ code)' },
];

/** What each mode does, in a sentence. They differ only where an addition joins channels, and in the constant left over. */
export const modeMeanings: Record<PruningMode, string> = {
  tail: 'The channels go with everything they flow into. Where an addition joins them with a skip, only the channels that stay are let in.',
  stage:
    'The channels go from every layer that an addition ties them to: the smallest network, but the largest change.',
  'branch-zero':
    'Kernel, bias and BatchNorm are zeroed and stay so. A skip still carries the channel; nothing gets smaller.',
  'kernel-mask':
    'Only the kernel is zeroed, as in the published code: bias and BatchNorm still send a constant. Nothing gets smaller.',
};

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
