import type { layers } from '@tensorflow/tfjs-layers';
import type { LayerConfig } from './networkConfig';

/** What the names of layers that only let some channels through end with. */
export const selectionSuffix = '.select';

/** True for a layer that lets some channels through unchanged: named so, frozen, without bias. */
export function isSelection(layer: layers.Layer): boolean {
  return isSelectionConfig({ className: layer.getClassName(), config: { ...layer.getConfig(), name: layer.name } });
}

/** The same by its config. */
export function isSelectionConfig({ config }: Pick<LayerConfig, 'className' | 'config'>): boolean {
  return config.name.endsWith(selectionSuffix) && config.trainable === false && config.useBias === false;
}
