import * as z from 'zod/mini';
import { bounds } from '../foundation/bounds';
import {
  initialSettings,
  requiredChoice,
  requiredNumber,
  requiredNumberOrWord,
  requiredSwitch,
} from '../foundation/setting';

/** Which fixed set of choices a score follows. `custom` when any of them was changed. */
export const snnlPresetNames = ['paper', 'authors-code'] as const;
export type SnnlPreset = (typeof snnlPresetNames)[number];

/** Settings that stand in the part of the form that a preset fixes. */
const fixed = 'fixed by a preset';

/** Every choice in the SNNL-Fair score. */
export const snnlOptionsSchema = z.strictObject({
  distance: requiredChoice({ 'squared-euclidean': 'squared Euclidean', cosine: 'cosine' }, 'squared-euclidean', {
    label: 'Distance',
    meaning: "How far two images' maps of one channel are apart.",
    section: fixed,
  }),
  selfInNumerator: requiredSwitch(false, {
    label: 'Count the self pair in the numerator',
    meaning: 'An image counts as its own neighbour in the numerator; it never does in the denominator.',
    section: fixed,
  }),
  temperature: requiredNumberOrWord('auto', bounds.temperature, 'auto', {
    label: 'Temperature T',
    meaning: 'Divides the distances; auto takes the mean distance over the pairs of the batch, for each channel.',
    start: 1,
    choice: { label: 'Temperature from the data (mean distance)', on: 'word' },
  }),
  logarithm: requiredChoice({ 'log-sum-exp': 'log-sum-exp', epsilon: 'with epsilon' }, 'log-sum-exp', {
    label: 'Logarithm',
    meaning:
      "log-sum-exp is exact in float32; epsilon is -log((numerator + 1e-9) / denominator), as in the authors' code.",
    section: fixed,
  }),
  batchSize: requiredNumber(bounds.scoreBatch, 128, {
    label: 'Batch size',
    meaning: 'The images of a batch are compared with each other, each pair of them.',
    unit: 'images',
  }),
  batching: requiredChoice({ stratified: 'stratified by group', 'file-order': 'file order' }, 'stratified', {
    label: 'Batches',
    meaning:
      "stratified gives each batch the split's shares of the groups, drawn by the seed; file-order takes images as stored.",
    section: fixed,
  }),
  dropShortBatch: requiredSwitch(false, {
    label: 'Drop the last short batch',
    meaning: 'The images that are left over from whole batches are not scored.',
    section: fixed,
  }),
});
export type SnnlOptions = z.infer<typeof snnlOptionsSchema>;

/** The two fixed sets (method: SNNL-Fair, Eq. 1 of arXiv 2405.08681; authors' code at commit 04a6104). */
export const snnlPresets: Record<SnnlPreset, SnnlOptions> = {
  paper: initialSettings(snnlOptionsSchema),
  'authors-code': {
    distance: 'cosine',
    selfInNumerator: true,
    temperature: 1,
    logarithm: 'epsilon',
    batchSize: 128,
    batching: 'file-order',
    dropShortBatch: true,
  },
};

/** Scores of one batch, all channels. */
export interface SnnlBatchScores {
  /** l_k, one per channel; NaN where no anchor has a same-group partner. */
  losses: Float32Array;
  /** Temperature used, one per channel. */
  temperatures: Float32Array;
  /** Anchors that have a same-group partner (all of them when the self pair counts). */
  validAnchors: number;
}

/** SNNL-Fair of every channel of a layer. Low = the channel tells the groups apart. */
export interface ChannelScores {
  layer: string;
  /** S_k in the layer's present channel order; NaN where no batch gave a score. */
  scores: number[];
  /** Standard error of S_k over the batches; null with fewer than two. */
  standardErrors: (number | null)[];
  /** Mean temperature used, one per channel. */
  temperatures: number[];
  /** Original index of each present channel. */
  originalChannels: number[];
  batchesUsed: number;
  /** Batches with one group only, which have no score. */
  batchesWithoutScore: number;
  imagesUsed: number;
  mapHeight: number;
  mapWidth: number;
  options: SnnlOptions;
}
