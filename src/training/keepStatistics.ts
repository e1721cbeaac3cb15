import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Does work after which the weights that are not trained, BatchNorm's averages, are what they were. */
export function keepStatistics<T>(network: LayersModel, work: () => T): T {
  const before = network.nonTrainableWeights.map((weight) => {
    const variable = weight.read() as Variable;
    return { variable, value: variable.clone() };
  });
  try {
    return work();
  } finally {
    for (const { variable, value } of before) {
      variable.assign(value);
      value.dispose();
    }
  }
}
