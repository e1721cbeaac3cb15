import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { type ScoreBatch, scoreBatches } from '../../snnl/scoreBatches';
import { snnlBatch } from '../../snnl/snnlBatch';
import { type ReferenceBatch, snnlReference } from '../../snnl/snnlReference';
import { cutVectorBatches, readSnnlDatasetVectors, readSnnlVectors, type SnnlVectorCase } from '../../snnl/snnlVectors';
import { createErrorTally, type ErrorSummary } from './errorTally';
import { float32Tolerance, float64Tolerance, type Implementation, type VectorFile } from './vectorFile';

const everywhere: readonly Implementation[] = ['reference', 'wasm', 'webgpu'];

/** Scores of single batches. */
export const snnlVectors: VectorFile = {
  name: 'snnl.json',
  implementations: everywhere,
  check: (json, implementation) =>
    checkCases(readSnnlVectors(json), implementation, {
      reference: ({ images, options }) => snnlReference(images, options).losses,
      tensors: async ({ images, options }) => {
        const maps = mapsOf(images);
        try {
          return (await snnlBatch(maps, Int32Array.from(images.groups), options)).losses;
        } finally {
          maps.dispose();
        }
      },
    }),
  notChecked: [
    'Fields .inf, .skipDivB and cleverhans_sqeuclid, and official_cosine_self at tiny_T: variants that the lab does not offer.',
  ],
};

/** Scores over batches. */
export const snnlDatasetVectors: VectorFile = {
  name: 'snnl_dataset.json',
  implementations: everywhere,
  check: (json, implementation) =>
    checkCases(readSnnlDatasetVectors(json), implementation, {
      reference: meanOfReference,
      tensors: async ({ images, options }) => (await scoreBatches(tensorBatches(images, options), options)).scores,
    }),
  notChecked: [],
};

async function checkCases(
  cases: SnnlVectorCase[],
  implementation: Implementation,
  score: {
    reference(entry: SnnlVectorCase): ArrayLike<number>;
    tensors(entry: SnnlVectorCase): Promise<ArrayLike<number>>;
  },
): Promise<ErrorSummary> {
  const isReference = implementation === 'reference';
  const tally = createErrorTally(isReference ? float64Tolerance : float32Tolerance);
  for (const entry of cases) {
    tally.begin(entry.name);
    const found = isReference ? score.reference(entry) : await score.tensors(entry);
    tally.compare('channel', found, entry.expected, isReference ? float64Tolerance : entry.float32Tolerance);
  }
  return tally.summary();
}

/** The mean of the reference over the batches that have a score: written apart from the code that it checks. */
function meanOfReference({ images, options }: SnnlVectorCase): number[] {
  const perBatch = cutVectorBatches(images, options)
    .filter(({ groups }) => options.selfInNumerator || new Set(Array.from(groups)).size > 1)
    .map((batch) => snnlReference(batch, options))
    .filter(({ validAnchors }) => validAnchors > 0)
    .map(({ losses }) => losses);
  return Array.from(
    { length: images.channels },
    (_, channel) => perBatch.reduce((sum, losses) => sum + losses[channel]!, 0) / perBatch.length,
  );
}

async function* tensorBatches(images: ReferenceBatch, options: SnnlVectorCase['options']): AsyncGenerator<ScoreBatch> {
  for (const batch of cutVectorBatches(images, options)) {
    yield { maps: mapsOf(batch), groups: Int32Array.from(batch.groups) };
  }
}

function mapsOf({ maps, batch, height, width, channels }: ReferenceBatch): Tensor4D {
  return tensor4d(Float32Array.from(maps), [batch, height, width, channels]);
}
