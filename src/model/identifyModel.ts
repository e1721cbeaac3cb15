import type { ModelId } from '../foundation/ids';
import { contentId } from './files/contentId';
import type { LabModel } from './labModel';
import { writeWeightMask } from './masks/weightMaskText';
import { methodTraits } from './methodTraits';
import { serializeModel } from './serializeModel';

/**
 * The id that a model's name, weights and use give it: training that repeats itself exactly gives the same model, training
 * that does not gives another, and neither overwrites the other.
 */
export async function identifyModel(model: LabModel): Promise<ModelId> {
  const serialized = await serializeModel(model);
  const { weights, preprocessing, classNames, originalChannels, silenced, weightMasks } = serialized;
  const use = JSON.stringify({
    preprocessing,
    classNames,
    originalChannels,
    silenced,
    weightMasks: weightMasks?.map(writeWeightMask),
    ...methodTraits(serialized),
  });
  return contentId(model.name, [
    { path: 'weights.bin', bytes: new Uint8Array(weights) },
    { path: 'lab.json', bytes: new TextEncoder().encode(use) },
  ]);
}
