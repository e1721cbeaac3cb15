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
 * `model_ema`, …), and the values of these. One that stands in several places is found in the first alone: a small file could
 * name one very often.
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
  const seen = new Set<unknown>([value]);
  return [
    { value, keys: [] },
    ...innerValues(value, seen).flatMap(([key, inner]) => [
      { value: inner, keys: [key] },
      ...innerValues(inner, seen).map(([innerKey, deeper]) => ({ value: deeper, keys: [key, innerKey] })),
    ]),
  ];
}

/** @param seen values that are not gone through again; those found are added */
function innerValues(value: unknown, seen: Set<unknown>): [string, unknown][] {
  const found: [string, unknown][] = [];
  if (!(value instanceof Map)) return found;
  for (const [key, inner] of value) {
    if (seen.has(inner) || !(inner instanceof Map || inner instanceof Opaque)) continue;
    seen.add(inner);
    found.push([String(key), inner]);
  }
  return found;
}

function tensorsIn(value: unknown): Map<string, PickledTensor> {
  if (!(value instanceof Map)) return new Map();
  return new Map(
    [...value].flatMap(([key, tensor]): [string, PickledTensor][] =>
      typeof key === 'string' && tensor instanceof PickledTensor ? [[key, tensor]] : [],
    ),
  );
}
