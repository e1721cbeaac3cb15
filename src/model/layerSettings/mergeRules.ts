import { type LayerRule, one } from './layerRule';

/** Tensors of one shape, place by place. */
const placeByPlace =
  (kind: string): LayerRule =>
  () =>
    one(kind, {});

export const add = placeByPlace('Add');
export const multiply = placeByPlace('Multiply');
export const average = placeByPlace('Average');
export const maximum = placeByPlace('Maximum');
export const minimum = placeByPlace('Minimum');

/** tfjs takes every axis below 0 for the last one. Keras 1 calls the axis `concat_axis`. */
export const concatenate: LayerRule = (settings) => {
  const axis = settings.axis('axis', -1);
  if (axis < -1 || axis === 0) throw settings.refused('axis');
  return one('Concatenate', { axis });
};
