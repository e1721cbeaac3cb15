import { isObject } from '../files/findModelJson';
import { modelUnreadable } from '../files/modelUnreadable';

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

const isNetwork = (kind: string) => ['Functional', 'Model', 'Sequential'].includes(kind);

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
    return { kind, name, config: inner, place, inner: isNetwork(kind) ? kerasLayers(path, layer, `${place}/`) : [] };
  });
}

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
    default:
      return null;
  }
}
