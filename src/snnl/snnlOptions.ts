/** Which fixed set of choices a score follows. `custom` when any of them was changed. */
export const snnlPresetNames = ['paper', 'authors-code'] as const;
export type SnnlPreset = (typeof snnlPresetNames)[number];

/** Every choice in the SNNL-Fair score. */
export interface SnnlOptions {
  /** Distance between two images' maps of one channel. */
  distance: 'squared-euclidean' | 'cosine';
  /** Whether an anchor counts as its own same-group neighbour in the numerator (it never does in the denominator). */
  selfInNumerator: boolean;
  /** Temperature T > 0, or `auto`: the mean squared distance over the pairs of the batch, per channel. */
  temperature: number | 'auto';
  /** `log-sum-exp`: exact in float32. `epsilon`: -log((num + 1e-9)/den), as the authors' code has it. */
  logarithm: 'log-sum-exp' | 'epsilon';
  batchSize: number;
  /** `stratified`: each batch has the split's group shares, seeded. `file-order`: as stored. */
  batching: 'stratified' | 'file-order';
  dropShortBatch: boolean;
}

/** The two fixed sets (method: SNNL-Fair, Eq. 1 of arXiv 2405.08681; authors' code at commit 04a6104). */
export const snnlPresets: Record<SnnlPreset, SnnlOptions> = {
  paper: {
    distance: 'squared-euclidean',
    selfInNumerator: false,
    temperature: 'auto',
    logarithm: 'log-sum-exp',
    batchSize: 128,
    batching: 'stratified',
    dropShortBatch: false,
  },
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
