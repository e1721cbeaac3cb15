import { BufferReader, Parser } from 'pickleparser';
import { type NumberKind, numberKinds } from './decodeNumbers';

/** A part of a storage that a pickle calls a tensor; its numbers are elsewhere in the checkpoint. */
export class PickledTensor {
  constructor(
    readonly storage: PickledStorage,
    readonly offset: number,
    readonly sizes: number[],
    readonly strides: number[],
  ) {}
}

/** A run of numbers that a pickle refers to by a key. */
export class PickledStorage {
  constructor(
    readonly kind: NumberKind,
    readonly key: string,
    readonly count: number,
  ) {}
}

/** Stands for anything in a pickle that is neither a plain value nor a tensor. Holds nothing and does nothing. */
export class Opaque {
  constructor(readonly name: string) {}
}

/** A Python type or function, as what the pickle may ask to be called: it gives data, never runs anything. */
type StandIn = (...args: unknown[]) => unknown;

/** A type of storage, known by its kind of number. */
const storageKinds = new Map<unknown, NumberKind>();

const standIns = new Map<string, StandIn>([
  ['collections.OrderedDict', dictionary],
  ['builtins.dict', dictionary],
  ['__builtin__.dict', dictionary],
  ['torch._utils._rebuild_tensor', rebuildTensor],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  [
    'torch._utils._rebuild_parameter',
    function first(...args: unknown[]) {
      return args[0];
    },
  ],
  [
    'torch.Size',
    function size(...args: unknown[]) {
      return args[0];
    },
  ],
]);
for (const [kind, { storage }] of Object.entries(numberKinds)) {
  const standIn: StandIn = function storageType() {
    return new Opaque(storage);
  };
  storageKinds.set(standIn, kind as NumberKind);
  standIns.set(`torch.${storage}`, standIn);
  standIns.set(`torch.storage.${storage}`, standIn);
}

function dictionary(...args: unknown[]): Map<unknown, unknown> {
  return new Map((Array.isArray(args[0]) ? args[0] : []) as [unknown, unknown][]);
}

function rebuildTensor(...[storage, offset, sizes, strides]: unknown[]): PickledTensor {
  if (!(storage instanceof PickledStorage)) throw new TypeError('A tensor without a storage.');
  return new PickledTensor(storage, wholeNumber(offset), wholeNumbers(sizes), wholeNumbers(strides));
}

function wholeNumbers(values: unknown): number[] {
  if (!Array.isArray(values)) throw new TypeError('Sizes that are no list.');
  return values.map(wholeNumber);
}

function wholeNumber(value: unknown): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new RangeError(`A size that is no whole number: ${String(value)}.`);
  return number;
}

/** What a reference of a pickle stands for; legacy checkpoints of whole modules refer to their classes too. */
function referred(id: unknown): unknown {
  const [tag, type, key, , count] = Array.isArray(id) ? (id as unknown[]) : [];
  if (tag === 'module' && typeof type === 'function') return type;
  const kind = storageKinds.get(type);
  if (tag !== 'storage' || !kind) throw new TypeError('A reference to something that is no storage of numbers.');
  return new PickledStorage(kind, String(key), wholeNumber(count));
}

/**
 * Reads one pickle as data. Nothing in it is ever executed: names of Python types and functions stand for harmless
 * functions of the lab, all others for an `Opaque` value.
 *
 * @param bytes begin with the pickle; what follows it is left alone
 * @returns the value, dictionaries as `Map`, and how many bytes the pickle took
 * @throws Error when the bytes are no pickle
 */
export function unpickle(bytes: Uint8Array): { value: unknown; length: number } {
  const parser = new Parser({
    unpicklingTypeOfDictionary: 'Map',
    nameResolver: { resolve: (module, name) => standIns.get(`${module}.${name}`) ?? opaque(`${module}.${name}`) },
    persistentResolver: { resolve: referred },
  });
  const reader = new BufferReader(bytes);
  const value = parser.read(reader);
  return { value, length: reader.position };
}

function opaque(name: string): StandIn {
  return function standIn() {
    return new Opaque(name);
  };
}
