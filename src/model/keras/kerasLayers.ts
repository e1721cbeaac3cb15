import { isObject } from '../files/findModelJson';
import { modelUnreadable } from '../files/modelUnreadable';
import type { NumberArray } from './numberArray';

/** A layer of a Keras configuration. */
export interface KerasLayer {
  kind: string;
  name: string;
  config: Record<string, unknown>;
  /** Its own name behind those of the networks that it stands in: `network/layer`. */
  place: string;
  /** Layers of a network that stands inside; empty for plain layers. */
  inner: KerasLayer[];
}

/** True for a network, which may stand as a layer inside another. */
export const isNetworkKind = (kind: string): boolean => ['Functional', 'Model', 'Sequential'].includes(kind);

/**
 * The layers of a network's configuration, `{class_name, config: {layers}}`; `config` may be the list itself.
 *
 * @param outside what stands before the names of the layers in their places
 * @throws LabError `model-unreadable`
 */
export function kerasLayers(path: string, network: unknown, outside = ''): KerasLayer[] {
  const config = isObject(network) ? network.config : null;
  const listed = isObject(config) ? config.layers : config;
  if (!Array.isArray(listed)) {
    throw modelUnreadable(
      path,
      'its configuration lists no layers',
      'Save the whole network from Keras: model.save("model.keras").',
    );
  }
  return listed.map((layer: unknown) => {
    const inner = isObject(layer) && isObject(layer.config) ? layer.config : {};
    const kind = isObject(layer) ? String(layer.class_name) : '';
    const given = [inner.name, isObject(layer) ? layer.name : null].find((name) => typeof name === 'string');
    const name = given ?? kind.toLowerCase();
    const place = `${outside}${name}`;
    return {
      kind,
      name,
      config: inner,
      place,
      inner: isNetworkKind(kind) ? kerasLayers(path, layer, `${place}/`) : [],
    };
  });
}

/** How many weights a file may hold for a layer beyond those that are needed: how many images a Normalization has seen. */
export const spareWeights = ({ kind }: KerasLayer): number => (kind === 'Normalization' ? 1 : 0);

/** The names that tfjs gives a layer's weights, in Keras' order; null for a kind that is not known to have weights. */
export function weightNames({ kind, config }: KerasLayer): string[] | null {
  const bias = config.use_bias === false ? [] : ['bias'];
  switch (kind) {
    case 'Conv1D':
    case 'Conv2D':
    case 'Conv2DTranspose':
    case 'Dense':
      return ['kernel', ...bias];
    case 'DepthwiseConv2D':
      return ['depthwise_kernel', ...bias];
    case 'SeparableConv2D':
      return ['depthwise_kernel', 'pointwise_kernel', ...bias];
    case 'BatchNormalization':
      return [
        ...(config.scale === false ? [] : ['gamma']),
        ...(config.center === false ? [] : ['beta']),
        'moving_mean',
        'moving_variance',
      ];
    case 'LayerNormalization':
      return [...(config.scale === false ? [] : ['gamma']), ...(config.center === false ? [] : ['beta'])];
    case 'PReLU':
      return ['alpha'];
    case 'Normalization':
      return isConstant(config.mean) ? [] : ['mean', 'variance'];
    default:
      return null;
  }
}

const isConstant = (value: unknown) => value !== undefined && value !== null;

/** Whether a weight can have a shape, as far as the layer's settings say. */
export function weightShapeFits({ kind, config }: KerasLayer, weight: string, shape: readonly number[]): boolean {
  const kernel = [config.kernel_size ?? null].flat();
  const outputs = config.filters ?? config.units;
  const due = dueShape(kind, weight, kernel, outputs, config.depth_multiplier ?? 1);
  return (
    due === null || (shape.length === due.length && due.every((side, axis) => side === null || side === shape[axis]))
  );
}

/** Null stands for a side, or a whole shape, that the settings do not give. */
function dueShape(
  kind: string,
  weight: string,
  kernel: unknown[],
  outputs: unknown,
  multiplier: unknown,
): unknown[] | null {
  switch (`${kind}/${weight}`) {
    case 'Conv2D/kernel':
      return [...kernel, null, outputs];
    case 'Conv2DTranspose/kernel':
      return [...kernel, outputs, null];
    case 'DepthwiseConv2D/depthwise_kernel':
    case 'SeparableConv2D/depthwise_kernel':
      return [...kernel, null, multiplier];
    case 'SeparableConv2D/pointwise_kernel':
      return [1, 1, null, outputs];
    case 'Dense/kernel':
      return [null, outputs];
    case 'Conv2D/bias':
    case 'Conv2DTranspose/bias':
    case 'SeparableConv2D/bias':
    case 'Dense/bias':
      return [outputs];
    default:
      return null;
  }
}

/** The numbers of a weight. @throws LabError `model-unreadable` for whole numbers, as quantised layers have */
export function takeNumbers(path: string, layer: KerasLayer, weight: string, array: NumberArray): NumberArray {
  if (array.isFloat !== false) return array;
  throw modelUnreadable(
    path,
    `the weight "${weight}" of the layer "${layer.name}" holds whole numbers: it is quantised`,
    'Save the network before it is quantised.',
  );
}
