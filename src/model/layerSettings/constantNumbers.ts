import { isObject } from '../files/findModelJson';

/**
 * A constant as Keras writes it: a number, a list along the last axis (axes of one in front do not matter), or an object
 * that stands for a NumPy array or a tensor.
 *
 * @returns null for anything else
 */
export function constantNumbers(given: unknown): number | number[] | null {
  let value = given;
  if (isObject(value) && isObject(value.config) && 'value' in value.config) value = value.config.value;
  if (isObject(value) && value.type === 'ndarray') value = value.value;
  while (Array.isArray(value) && value.length === 1) value = value[0];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return Array.isArray(value) && value.length > 0 && value.every(Number.isFinite) ? (value as number[]) : null;
}
