import { readFairAdaBnVectors, readingsOf } from '../../methods/fairAdaBn/fairAdaBnVectors';
import { createErrorTally } from './errorTally';
import { float32Tolerance, type VectorFile } from './vectorFile';

/** As the vectors state it for gradients in float32. */
const gradientTolerance = 1e-4;

/** Prediction, training step and running averages of a network with BatchNorms of each group’s own. */
export const fairAdaBnVectors: VectorFile = {
  name: 'fairadabn.json',
  implementations: ['wasm', 'webgpu'],
  async check(json) {
    const tally = createErrorTally(float32Tolerance);
    for (const [index, vector] of readFairAdaBnVectors(json).entries()) {
      tally.begin(`case ${index}`);
      for (const { field, found, expected } of await readingsOf(vector)) {
        tally.compare(field, found, expected, field.startsWith('grad') ? gradientTolerance : float32Tolerance);
      }
    }
    return tally.summary();
  },
  notChecked: [
    'Fields spdHardCounts and runningVarUnbiased: the counts of the released code, and PyTorch’s running variance, which the lab does not offer.',
  ],
};
