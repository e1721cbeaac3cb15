import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * Frees a network's weights. tfjs' own `dispose` counts how often a layer is called, and would keep the weights of layers
 * at several places and of networks inside.
 */
export function disposeNetwork(network: LayersModel): void {
  const values = network.weights.map((weight) => weight.read());
  network.dispose();
  for (const value of values) if (!value.isDisposed) value.dispose();
}
