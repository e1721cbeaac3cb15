import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { inputShapesAt, isChannelsFirst, outputShapesAt } from './layerOptions';
import { layerWeights, sizeOf } from './layerWeights';

/** Gives the shape that a weight has, or will have. */
export type ShapeOf = (layer: string, weight: string, shapeNow: number[]) => number[];

/** The weights of each kind of layer that are multiplied once at every position. */
const multipliedWeights: Record<string, string[]> = {
  Conv2D: ['kernel'],
  Conv2DTranspose: ['kernel'],
  DepthwiseConv2D: ['depthwise_kernel'],
  SeparableConv2D: ['depthwise_kernel', 'pointwise_kernel'],
  Dense: ['kernel'],
};

export interface LayerCost {
  parameters: number;
  /** Multiply-accumulates for one image: positions × kernel size. Biases, activations and pooling are not counted. */
  macs: number;
}

/** What a layer costs with the weight shapes given; its MACs at all places where it stands. */
export function layerCost(layer: layers.Layer, shapeOf: ShapeOf = (_layer, _weight, shape) => shape): LayerCost {
  const kind = layer.getClassName();
  const multiplied = multipliedWeights[kind] ?? [];
  // A transposed convolution spreads every input position over the kernel; the others gather for every output position.
  const shapes = kind === 'Conv2DTranspose' ? inputShapesAt(layer) : outputShapesAt(layer);
  const isFirst = isChannelsFirst(layer);
  const positions = shapes.reduce((sum, shape) => sum + sizeOf(isFirst ? shape.slice(2) : shape.slice(1, -1)), 0);
  let parameters = 0;
  let macs = 0;
  for (const weight of layerWeights(layer)) {
    const size = sizeOf(shapeOf(layer.name, weight.name, weight.shape));
    parameters += size;
    if (multiplied.includes(weight.name)) macs += positions * size;
  }
  return { parameters, macs };
}

/** What the whole network costs with the weight shapes given. */
export function networkCost(network: LayersModel, shapeOf?: ShapeOf): LayerCost {
  const costs = network.layers.map((layer) => layerCost(layer, shapeOf));
  return {
    parameters: costs.reduce((sum, cost) => sum + cost.parameters, 0),
    macs: costs.reduce((sum, cost) => sum + cost.macs, 0),
  };
}
