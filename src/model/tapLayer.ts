import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { LabError } from '../foundation/labError';
import { findLayer } from './network/findLayer';
import { outputShapeOf } from './network/layerOptions';
import { sharedLayerObstacle } from './network/pruningObstacle';
import { notPrunable } from './surgery/planPruning';

/** A layer whose output `runModel` can give as maps. */
export interface LayerTap {
  layer: layers.Layer;
  channels: number;
  mapHeight: number;
  mapWidth: number;
}

/**
 * Finds a layer that has maps, or units, which are maps of a single pixel. In the lab's models activations are layers of
 * their own, so that a convolution is seen before its ReLU.
 *
 * @throws LabError `layer-not-found`; `layer-not-prunable` when the layer stands at several places, where its maps differ;
 *   `shape-mismatch` when the layer's output is no [n, height, width, channels] and no [n, units]
 */
export function tapLayer({ network }: { network: LayersModel }, name: string): LayerTap {
  const layer = findLayer(network, name);
  if (layer.inboundNodes.length > 1) throw notPrunable(name, sharedLayerObstacle);
  const shape = outputShapeOf(layer);
  const [, mapHeight, mapWidth, channels] = shape.length === 2 ? [0, 1, 1, shape[1]!] : shape;
  if (!mapHeight || !mapWidth || !channels || shape.length > 4) {
    throw new LabError({
      code: 'shape-mismatch',
      message: `The output of "${name}" has ${shape.length} axes; only layers with maps (4 axes) or units (2 axes) have channels to look at.`,
      hint: 'Choose a convolution or a dense layer.',
      details: { layer: name, axes: shape.length },
    });
  }
  return { layer, channels, mapHeight, mapWidth };
}
