import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { LabError } from '../../foundation/labError';

/** The layer of that name. @throws LabError `layer-not-found` */
export function findLayer(network: LayersModel, name: string): layers.Layer {
  const layer = network.layers.find((candidate) => candidate.name === name);
  if (layer) return layer;
  throw new LabError({
    code: 'layer-not-found',
    message: `The model has no layer "${name}".`,
    hint: `Choose one of its layers: ${network.layers.map((candidate) => candidate.name).join(', ')}.`,
    details: { layer: name },
  });
}
