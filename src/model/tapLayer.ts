import { reshape, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { model as functionalModel } from '@tensorflow/tfjs-layers';
import { LabError } from '../foundation/labError';
import type { LabModel } from './labModel';
import { findLayer } from './network/findLayer';
import { outputShapeOf } from './network/layerOptions';
import { sharedLayerObstacle } from './network/pruningObstacle';
import { notPrunable } from './surgery/planPruning';

/** A look at one layer's output. Shares the model's weights and owns none: it ends with the model. */
export interface LayerTap {
  layer: string;
  channels: number;
  mapHeight: number;
  mapWidth: number;
  /**
   * One forward pass in inference mode.
   *
   * @param images float32 [n, size, size, channels], preprocessed
   * @returns the layer's maps [n, mapHeight, mapWidth, channels] and the network's logits [n, classes]; both belong to
   *   the caller
   */
  predict(images: Tensor4D): { maps: Tensor4D; logits: Tensor2D };
}

/**
 * Opens a layer with maps as its output. In the lab's models activations are layers of their own, so that a
 * convolution is seen before its ReLU.
 *
 * @throws LabError `layer-not-found`; `layer-not-prunable` when the layer stands at several places, where its maps differ;
 *   `shape-mismatch` when the layer's output is no [n, height, width, channels]
 */
export function tapLayer(model: LabModel, layer: string): LayerTap {
  const { network } = model;
  const tapped = findLayer(network, layer);
  if (tapped.inboundNodes.length > 1) throw notPrunable(layer, sharedLayerObstacle);
  const shape = outputShapeOf(tapped);
  // The units of a dense layer are maps of a single pixel.
  const [, mapHeight, mapWidth, channels] = shape.length === 2 ? [0, 1, 1, shape[1]!] : shape;
  if (!mapHeight || !mapWidth || !channels || shape.length > 4) {
    throw new LabError({
      code: 'shape-mismatch',
      message: `The output of "${layer}" has ${shape.length} axes; only layers with maps (4 axes) or units (2 axes) have channels to look at.`,
      hint: 'Choose a convolution or a dense layer.',
      details: { layer, axes: shape.length },
    });
  }
  const reader = functionalModel({ inputs: network.inputs, outputs: [tapped.output, network.outputs].flat() });
  return {
    layer,
    channels,
    mapHeight,
    mapWidth,
    predict(images) {
      // predictOnBatch frees each layer's output as soon as it has been read; apply would hold all of them.
      const outputs: Tensor | Tensor[] = reader.predictOnBatch(images);
      const [tapped, logits] = outputs as [Tensor, Tensor2D];
      if (shape.length === 4) return { maps: tapped as Tensor4D, logits };
      const maps = reshape(tapped, [-1, mapHeight, mapWidth, channels]) as Tensor4D;
      tapped.dispose();
      return { maps, logits };
    },
  };
}
