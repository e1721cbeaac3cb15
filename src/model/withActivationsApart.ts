import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, layers } from '@tensorflow/tfjs-layers';
import { placedLayers } from './files/placeWeights';

/** What tfjs' types do not show of a layer with an activation inside. */
interface ActivatedLayer {
  activation: { apply(tensor: Tensor): Tensor };
  call(inputs: Tensor | Tensor[], options: object): Tensor;
}

/** Kinds of layers whose activation tfjs may compute in the same kernel as the rest, with other roundings. */
export const fusingLayers: ReadonlySet<string> = new Set(['Conv2D', 'SeparableConv2D', 'Dense']);

/** Computes with a network whose layers apply their activations after all else, as layers of their own would. */
export function withActivationsApart<T>(network: LayersModel, compute: () => T): T {
  const linear = (layers.activation({ activation: 'linear' }) as unknown as ActivatedLayer).activation;
  const changed = placedLayers(network)
    .filter(({ layer }) => fusingLayers.has(layer.getClassName()))
    .map(({ layer }) => {
      const activated = layer as unknown as ActivatedLayer;
      const { activation, call } = activated;
      activated.activation = linear;
      activated.call = (inputs, options) => tidy(() => activation.apply(call.call(layer, inputs, options)));
      return { activated, activation, call };
    });
  try {
    return compute();
  } finally {
    for (const { activated, activation, call } of changed) Object.assign(activated, { activation, call });
  }
}
