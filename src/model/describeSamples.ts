import type { SampleProof } from './files/importReport';

/** What samples beside a model prove, in a sentence. */
export function describeSamples({ images, largestDifference, of, agrees, note }: SampleProof): string {
  if (largestDifference === null) return note;
  const count = images === 1 ? 'one image' : `${images} images`;
  const difference = `largest difference ${largestDifference.toPrecision(2)} (${of})`;
  return agrees ? `Verified on ${count}, ${difference}: ${note}.` : `Not verified: on ${count}, ${difference}. ${note}`;
}
