import type { SnnlPreset } from '../snnl/snnlOptions';

export type NetName = 'small-cnn' | 'vgg11' | 'resnet18';

/** Something that can be timed, as plain data, so that the browser and Python are asked for the same. */
export type Work =
  | { kind: 'train-step' | 'forward'; net: NetName; imageSize: number; batch: number }
  /** The fairness table of random predictions on two groups, with so many bootstrap replicates. */
  | { kind: 'bootstrap'; samples: number; classes: number; replicates: number; scores: boolean }
  | {
      kind: 'snnl';
      method: 'fused' | 'published';
      preset: SnnlPreset;
      /** [b, h, w, C] of one batch of maps. */
      maps: [number, number, number, number];
      /** Batches of them, scored one after another. */
      batches: number;
    };

/** Who does the work: the lab, tfjs as it comes (on WASM with one naive kernel added), or PyTorch on one thread. */
export type Runner = BrowserRunner | 'torch';
export type BrowserRunner = LabRunner | 'stock-wasm' | 'stock-webgpu';
export type LabRunner = 'lab-wasm' | 'lab-webgpu';

export interface Variant {
  runner: Runner;
  work: Work;
}

/** What a ratio must keep to: at most, at least or exactly so much. */
export type Bar = { atMost: number } | { atLeast: number } | { equal: number };

/** One ratio of two variants' times. */
export interface RowPlan {
  name: string;
  over: string;
  under: string;
  /** The ratio is multiplied by it, where the variants do unequal amounts of work; 1 when left out. */
  scale?: number;
  /** Null for information. */
  bar: Bar | null;
}

/** Variants that are timed in turns, and the ratios that are read from their times. */
export interface BenchCase {
  name: string;
  variants: Record<string, Variant>;
  rows: RowPlan[];
}
