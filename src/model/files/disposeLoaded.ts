import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Frees a network as it was loaded. Networks inside it would keep their weights when only it is disposed. */
export function disposeLoaded(network: LayersModel): void {
  const values = network.weights.map((weight) => weight.read());
  network.dispose();
  for (const value of values) if (!value.isDisposed) value.dispose();
}
