import type { layers } from '@tensorflow/tfjs-layers';
import { layerOption } from '../network/layerOptions';
import { LayerSettings } from './layerSettings';

/** Layers that are computed right along the last axis only. */
const lastAxisOnly = ['BatchNormalization', 'LayerNormalization', 'Softmax'];

/**
 * Checks what only a built network shows: which of its axes is the last one, and how many channels there are.
 *
 * @throws LabError `model-unreadable` naming the layer and the setting
 */
export function checkBuiltLayers(path: string, built: readonly layers.Layer[]): void {
  for (const layer of built) {
    const kind = layer.getClassName();
    const shape = [layer.inboundNodes[0]?.inputShapes ?? []].flat()[0];
    if (!Array.isArray(shape)) continue;
    const config = layer.getConfig();
    const refuse = (key: string, why: string) => {
      throw new LayerSettings(path, kind, layer.name, config).refused(key, why);
    };
    if (lastAxisOnly.includes(kind)) {
      const axis = Number(layerOption(layer, 'axis').replaceAll(/[[\]]/g, ''));
      if (axis !== -1 && axis !== shape.length - 1)
        refuse('axis', `it is computed along the last axis only, which is ${shape.length - 1}`);
    }
    if (kind === 'Rescaling') {
      for (const key of ['scale', 'offset']) {
        const value = config[key];
        if (Array.isArray(value) && value.length !== shape.at(-1)) refuse(key, `${shape.at(-1)} channels enter it`);
      }
    }
  }
}
