import { PickledTensor } from './unpickle';

/** The tensors of a checkpoint's dictionary of weights, and where it was. */
export interface FoundStateDict {
  tensors: Map<string, PickledTensor>;
  place: string;
}

/**
 * Finds the dictionary of weights in a checkpoint: the value itself, or the one with the most tensors among the values of
 * a dictionary (`state_dict`, `model`, …) or of one inside it.
 */
export function findStateDict(value: unknown): FoundStateDict | null {
  const candidates = [
    { found: value, place: 'in the file itself' },
    ...innerMaps(value).flatMap(([key, inner]) => [
      { found: inner, place: `under "${key}"` },
      ...innerMaps(inner).map(([innerKey, deeper]) => ({ found: deeper, place: `under "${key}"."${innerKey}"` })),
    ]),
  ].map(({ found, place }) => ({ tensors: tensorsIn(found), place }));
  const best = candidates.reduce((a, b) => (b.tensors.size > a.tensors.size ? b : a));
  return best.tensors.size > 0 ? best : null;
}

function innerMaps(value: unknown): [string, unknown][] {
  if (!(value instanceof Map)) return [];
  return [...value]
    .filter(([, inner]) => inner instanceof Map)
    .map(([key, inner]): [string, unknown] => [String(key), inner]);
}

function tensorsIn(value: unknown): Map<string, PickledTensor> {
  if (!(value instanceof Map)) return new Map();
  return new Map(
    [...value].flatMap(([key, tensor]): [string, PickledTensor][] =>
      typeof key === 'string' && tensor instanceof PickledTensor ? [[key, tensor]] : [],
    ),
  );
}
