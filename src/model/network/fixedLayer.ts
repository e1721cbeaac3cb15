import type { layers } from '@tensorflow/tfjs-layers';
import type { LayerConfig } from './networkConfig';

/** What the names of layers end with whose weights are part of an operation that never changes, such as resizing. */
export const fixedSuffix = '.fixed';

/** True for the config of such a layer: named so, frozen, without bias. */
export function isFixedConfig({ config }: Pick<LayerConfig, 'className' | 'config'>): boolean {
  return config.name.endsWith(fixedSuffix) && config.trainable === false && config.useBias === false;
}

/** The same for a layer. */
export function isFixed(layer: layers.Layer): boolean {
  return isFixedConfig({ className: layer.getClassName(), config: { ...layer.getConfig(), name: layer.name } });
}
