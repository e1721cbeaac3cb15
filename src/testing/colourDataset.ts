import type { Dataset } from '../dataset/stored/dataset';
import { datasetId, imageSetId } from '../foundation/ids';

/** One image of a single colour. */
export interface ColourSample {
  /** Red, green and blue, 0 … 255. */
  colour: readonly [number, number, number];
  label: number;
  group: 0 | 1;
  /** 0 train, 1 validation, 2 test. */
  split: 0 | 1 | 2;
}

/** A dataset in memory whose images are of one colour each, so that what a network makes of them can be worked by hand. */
export function colourDataset(samples: readonly ColourSample[], imageSize: number, classNames: string[]): Dataset {
  const bytesPerImage = imageSize * imageSize * 3;
  return {
    manifest: {
      id: datasetId('colours'),
      imageSetId: imageSetId('colours'),
      imageIndices: samples.map((_, index) => index),
      name: 'colours',
      source: { kind: 'import', files: ['colours.zip'] },
      createdAt: '2026-01-01T00:00:00.000Z',
      imageSize,
      classNames,
      groupNames: ['left', 'right'],
      sensitiveAttribute: 'side',
      samples: {
        names: samples.map((_, index) => `colour-${index}`),
        labels: samples.map(({ label }) => label),
        groups: samples.map(({ group }) => group),
        splits: samples.map(({ split }) => split),
        clusters: null,
      },
      splitHashes: { train: '0', validation: '1', test: '2' },
      findings: [],
      mapping: null,
    },
    readPixels(indices) {
      const pixels = new Uint8Array(indices.length * bytesPerImage);
      for (let i = 0; i < pixels.length; i++) {
        pixels[i] = samples[indices[Math.floor(i / bytesPerImage)]!]!.colour[i % 3]!;
      }
      return pixels;
    },
  };
}
