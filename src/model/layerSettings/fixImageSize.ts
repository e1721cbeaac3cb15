import type { Asker } from '../../foundation/openQuestion';
import { askImageSize } from '../askImageSize';
import { isObject } from '../files/findModelJson';
import { shapeKeys } from './giveInputShape';

/**
 * A network that takes images of any size, with the size that the user says. Where a Resizing follows, its size is the
 * likeliest.
 *
 * @returns the description, changed only where the size of its images is open
 * @throws LabError `config-invalid` for an answer that is no size
 */
export function fixImageSize(
  network: Record<string, unknown>,
  { asker, imageSize }: { asker: Asker; imageSize?: number },
): Record<string, unknown> {
  const { config } = network;
  const listed: unknown = isObject(config) ? config.layers : config;
  if (!Array.isArray(listed)) return network;
  const layers = listed.map((layer: unknown) => {
    const settings = isObject(layer) ? layer.config : undefined;
    const key = isObject(settings) ? shapeKeys.find((candidate) => isOpen(settings[candidate])) : undefined;
    if (!isObject(layer) || !isObject(settings) || !key) return layer;
    const [batch, , , colours] = settings[key] as unknown[];
    const side = imageSize ?? askImageSize(asker, resizingSide(listed));
    return { ...layer, config: { ...settings, [key]: [batch, side, side, colours] } };
  });
  return { ...network, config: isObject(config) ? { ...config, layers } : layers };
}

/** [?, ?, ?, colours]: height and width are both left open. */
function isOpen(shape: unknown): boolean {
  return Array.isArray(shape) && shape.length === 4 && shape[1] === null && shape[2] === null;
}

function resizingSide(layers: unknown[]): number | null {
  const found = layers.find((layer) => isObject(layer) && layer.class_name === 'Resizing');
  const height = isObject(found) && isObject(found.config) ? found.config.height : null;
  return typeof height === 'number' ? height : null;
}
