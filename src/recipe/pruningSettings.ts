import * as z from 'zod/mini';
import { criterionNames } from '../fairness/paperTable';
import { bounds } from '../foundation/bounds';
import { choiceSetting, requiredChoice, requiredNumber, requiredSwitch } from '../foundation/setting';
import type { PruningMode } from '../model/labModel';

/** What becomes of the channels. They differ only where an addition joins channels, and in the constant left over. */
const modes = {
  tail: {
    label: 'removed, skip selected (C)',
    meaning:
      'The channels go with everything they flow into. Where an addition joins them with a skip, only the channels that stay are let in.',
  },
  stage: {
    label: 'removed from the stage (D)',
    meaning:
      'The channels go from every layer that an addition ties them to: the smallest network, but the largest change.',
  },
  'branch-zero': {
    label: 'branch zeroed (B)',
    meaning:
      'Kernel, bias and BatchNorm are zeroed and stay so. A skip still carries the channel; nothing gets smaller.',
  },
  'kernel-mask': {
    label: 'kernel masked (A, authors’ code)',
    meaning:
      'Only the kernel is zeroed, as in the published code: bias and BatchNorm still send a constant. Nothing gets smaller.',
  },
} as const satisfies Record<PruningMode, { label: string; meaning: string }>;

const what = 'What to prune';
const when = 'When to stop';

/** How much is pruned in how many rounds, and when to stop. */
export const pruningSchema = z.strictObject({
  ratio: requiredNumber(bounds.pruningRatio, 0.02, {
    label: 'Share per round, pr_c',
    meaning: 'The share of the channels that every round prunes.',
    unit: 'share',
    shown: { factor: 100, unit: '%' },
    decimals: 2,
    section: what,
  }),
  rounding: requiredChoice(
    { 'half-up': 'half up', floor: 'down', ceil: 'up', 'of-original': 'of channels at start' },
    'half-up',
    {
      label: 'Rounding',
      meaning:
        'How the share becomes a whole number: half-up, floor and ceil take it of the channels there are now, of-original of those at the start.',
      section: what,
    },
  ),
  // Records from before there was a choice removed the channels.
  mode: choiceSetting(modes, 'tail', {
    label: 'What becomes of the channels',
    meaning: 'Whether pruned channels leave the network or are zeroed in it.',
    section: what,
  }),
  rounds: requiredNumber(bounds.rounds, 3, {
    label: 'Rounds',
    meaning: 'The most rounds of scoring, pruning and fine-tuning.',
    section: what,
  }),
  maxAccuracyDrop: requiredNumber(bounds.accuracyDrop, 0.02, {
    label: 'Largest fall of Avg F1, th_acc',
    meaning: 'A run stops once Avg F1 has fallen by more than this against the unpruned model.',
    decimals: 4,
    section: when,
  }),
  minFairnessGain: requiredNumber(bounds.fairnessGain, 0.001, {
    label: 'Least fall of the criterion, th_fair',
    meaning: 'A run stops once a round lowers the criterion by less than this against the round before.',
    decimals: 4,
    section: when,
  }),
  criterion: requiredChoice(criterionNames, 'eodd', {
    label: 'Criterion',
    meaning: 'The gap between the groups that stops a run and selects its round.',
    section: when,
  }),
  continuePastStop: requiredSwitch(true, {
    label: 'Run on past the stop and mark it',
    meaning: 'All rounds are run, and where the run would have stopped is marked only.',
    section: when,
  }),
});
