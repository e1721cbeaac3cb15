import type { Random } from '../foundation/random';

/** Maps of one batch of images, row-major [images, height, width, channels]. */
export interface ChannelMaps {
  data: Float32Array;
  shape: readonly [number, number, number, number];
}

/**
 * What an importance may look at: the layer as it is before a round. Each fact is asked for when it is needed, so that one
 * that costs a reading of the model is read for no importance but those that use it.
 */
export interface ImportanceFacts {
  channelCount: number;
  /** SNNL-Fair of each channel with the run's settings; NaN where there is none. */
  scores(): Promise<readonly number[]>;
  /** Kernel of the convolution, row-major [kh, kw, in, out]; the channels are `out`. */
  kernel(): Promise<{ data: Float32Array; shape: readonly number[] }>;
  /** Skewness of each channel's maps over the training split. */
  skewness(): Promise<readonly number[]>;
  /** The layer's maps of the training split, batch by batch, in inference mode and without augmentation. */
  maps(): AsyncIterable<ChannelMaps>;
  /** A random stream of the run's seed and the round. */
  random: Random;
}

/** How the channels of a layer are ranked before some are pruned: what an arm of a run is named by. */
export interface Importance {
  /** What records, settings and flags call it: lower-case letters and digits, with hyphens between. Never changed. */
  id: string;
  /** What tables, figures and sentences call it. */
  label: string;
  /** Where it comes from: a publication, or whose reading it is. */
  source: string;
  /** What it ranks by, in a sentence. */
  meaning: string;
  /** Which channels go first, in words that follow "first to go:"; null where none go. */
  firstToGo: string | null;
  /**
   * The value of each channel; the lowest go first, NaN goes last. Null for an arm that prunes nothing and only fine-tunes.
   */
  rank: ((facts: ImportanceFacts) => Promise<readonly number[]>) | null;
}
