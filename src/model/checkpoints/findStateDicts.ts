import { Opaque, PickledTensor } from './unpickle';

/** The tensors of a dictionary of a checkpoint, and the keys under which it was. */
export interface FoundStateDict {
  tensors: Map<string, PickledTensor>;
  keys: string[];
}

/** A value in a checkpoint, and the keys under which it was. */
interface Placed {
  value: unknown;
  keys: string[];
}

/**
 * Finds the dictionaries of weights in a checkpoint: the value itself, the values of a dictionary (`state_dict`, `model`,
 * `model_ema`, …), and the values of these.
 */
export function findStateDicts(value: unknown): FoundStateDict[] {
  return valuesIn(value)
    .map((placed) => ({ tensors: tensorsIn(placed.value), keys: placed.keys }))
    .filter(({ tensors }) => tensors.size > 0);
}

/** The Python class of a whole module that was pickled instead of its weights; null when there is none. */
export function findPickledModule(value: unknown): string | null {
  const module = valuesIn(value).find((placed) => placed.value instanceof Opaque && '_modules' in placed.value);
  return module ? String((module.value as Opaque).name) : null;
}

function valuesIn(value: unknown): Placed[] {
  return [
    { value, keys: [] },
    ...innerValues(value).flatMap(([key, inner]) => [
      { value: inner, keys: [key] },
      ...innerValues(inner).map(([innerKey, deeper]) => ({ value: deeper, keys: [key, innerKey] })),
    ]),
  ];
}

function innerValues(value: unknown): [string, unknown][] {
  if (!(value instanceof Map)) return [];
  return [...value]
    .filter(([, inner]) => inner instanceof Map || inner instanceof Opaque)
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
