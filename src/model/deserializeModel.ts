import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import type { LabModel, SerializedModel } from './labModel';
// Makes the layer known to tfjs.
import './network/groupBatchNormalization';

/** The inverse of `serializeModel`: the same weights, bit for bit. */
export async function deserializeModel(serialized: SerializedModel): Promise<LabModel> {
  const { topology, weightSpecs, weights, ...rest } = serialized;
  const network = await loadLayersModel(io.fromMemory({ modelTopology: topology, weightSpecs, weightData: weights }));
  return { ...rest, network };
}
