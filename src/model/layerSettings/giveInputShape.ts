import { isObject } from '../files/findModelJson';

/** Where layers keep the shape of what they read. */
export const shapeKeys = ['batch_shape', 'batch_input_shape'];

/**
 * A sequence whose first layer does not say what shape it reads, with the shape that Keras noted when it was built, or the
 * one that is known from around it. tfjs builds none without.
 *
 * @param around the shape that the network reads where it stands as a layer, without the batch; empty when it is not known
 */
export function giveInputShape(
  network: Record<string, unknown>,
  around: readonly number[] = [],
): Record<string, unknown> {
  const { class_name: kind, config, build_config: built } = network;
  const listed: unknown = isObject(config) ? config.layers : config;
  if (kind !== 'Sequential' || !Array.isArray(listed)) return network;
  const [first, ...rest] = listed;
  if (
    !isObject(first) ||
    !isObject(first.config) ||
    first.class_name === 'Functional' ||
    first.class_name === 'Sequential'
  ) {
    return network;
  }
  const own = first.config;
  const noted = isObject(config) ? config.build_input_shape : undefined;
  const shape = [noted, isObject(built) ? built.input_shape : undefined, [null, ...around]].find(isShape);
  if (shape === undefined || shapeKeys.some((key) => Array.isArray(own[key]))) return network;
  const layers = [{ ...first, config: { ...own, batch_input_shape: shape } }, ...rest];
  return { ...network, config: isObject(config) ? { ...config, layers } : layers };
}

const isShape = (shape: unknown) => Array.isArray(shape) && shape.length > 1;
