import type { DatasetId, ImageSetId } from '../../foundation/ids';
import { type ImageFit, plainFits } from '../../foundation/imageFit';
import type { DatasetFinding } from '../findings/datasetFinding';
import type { AppliedMapping } from '../mapping/datasetMapping';
import { type SplitName, splitNames } from '../splitName';

/** Everything about a dataset but its pixels. Plain data: stored as the manifest, shown by the page. */
export interface DatasetManifest {
  id: DatasetId;
  name: string;
  source: { kind: 'demo'; settings: DemoSettings } | { kind: 'import'; files: string[] };
  createdAt: string;
  /** Side of the square images in pixels; always 3 channels, 8 bits. */
  imageSize: number;
  /** How imported images of other shapes became squares; squeezed when left out. */
  imageFit?: ImageFit;
  /** What decoded the images; left out for the demo, and where images were stored before it was noted. */
  decoder?: string;
  classNames: string[];
  /** Names of group 0 (unprivileged) and group 1 (privileged). */
  groupNames: [string, string];
  /** What the groups are made from, for example `skin type`. */
  sensitiveAttribute: string;
  samples: {
    names: string[];
    labels: number[];
    groups: number[];
    /** 0 train, 1 validation, 2 test. */
    splits: number[];
    /** Patient or lesion of each sample, where the data say it. */
    clusters: string[] | null;
  };
  /** Where the pixels lie; datasets that map the same images in other ways share one set. */
  imageSetId: ImageSetId;
  /** Position of each sample's image in the image set. */
  imageIndices: number[];
  /** First 16 hex digits of the SHA-256 over the names of each split, in order. */
  splitHashes: Record<SplitName, string>;
  /** What import noticed and left out or kept. */
  findings: DatasetFinding[];
  /** How labels, groups and splits came about, so that it can be changed; null for the demo. */
  mapping: AppliedMapping | null;
}

/** A dataset that can be read: its manifest and its pixels. */
export interface Dataset {
  manifest: DatasetManifest;
  /**
   * Pixels of the given samples, row-major [n, imageSize, imageSize, 3], 0 … 255.
   * @param indices positions in `manifest.samples`, in the order wanted
   */
  readPixels(indices: ArrayLike<number>): Uint8Array<ArrayBuffer>;
}

/** Settings of the generated demo. */
export interface DemoSettings {
  /** 0: both groups alike; 1: strong dependence of lesion contrast and class mix on skin type. */
  bias: number;
  count: number;
  imageSize: number;
  seed: number;
}

export const defaultDemoSettings: DemoSettings = { bias: 1, count: 2400, imageSize: 64, seed: 20240 };

/** Positions of the samples of one split, ascending. */
export function splitIndices(manifest: DatasetManifest, split: SplitName): Int32Array {
  const code = splitNames.indexOf(split);
  return Int32Array.from(manifest.samples.splits.flatMap((value, index) => (value === code ? [index] : [])));
}

/** How the images of a dataset became squares; null for the demo's, which are drawn as squares. */
export function imageFitOf({ source, imageFit }: Pick<DatasetManifest, 'source' | 'imageFit'>): ImageFit | null {
  return source.kind === 'demo' ? null : (imageFit ?? plainFits.squeeze);
}
