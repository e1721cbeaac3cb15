import type { LabError } from '../../foundation/labError';
import { modelUnreadable } from '../files/modelUnreadable';
import { openZip } from '../files/openZip';
import type { NamedBytes } from '../files/packModelFiles';
import { decodeNumbers, numberKinds } from './decodeNumbers';
import { findPickledModule, findStateDicts } from './findStateDicts';
import type { FoundCheckpoint, StateTensor } from './stateDict';
import { type PickledStorage, type PickledTensor, unpickle } from './unpickle';

const again = 'The file may be cut off or damaged. Save or download it again.';
const howToSave = 'Save the weights alone: torch.save(model.state_dict(), "model.pth").';
/** The pickled number 0x1950a86a20f9469cfc6c, with which checkpoints from before PyTorch 1.6 begin. */
const legacyMagic = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];

/** True for a file as `torch.save` wrote it before PyTorch 1.6, without a zip. */
export function isLegacyPyTorch({ bytes }: NamedBytes): boolean {
  return legacyMagic.every((byte, i) => bytes[i] === byte);
}

/**
 * Reads a PyTorch checkpoint, zipped (since 1.6) or legacy. Its pickle is read as data: nothing in it is ever run.
 *
 * @throws LabError `model-unreadable`
 */
export async function readPyTorch(file: NamedBytes): Promise<FoundCheckpoint> {
  const { value, storageBytes, format } = isLegacyPyTorch(file) ? openLegacy(file) : await openArchive(file);
  const found = findStateDicts(value);
  if (found.length === 0) throw holdsNoWeights(file.path, value);
  return {
    format,
    dictionaries: found.map(({ tensors, keys }) => ({
      keys,
      shapes: new Map([...tensors].map(([name, { sizes }]) => [name, sizes])),
      read: () =>
        new Map([...tensors].map(([name, tensor]) => [name, readTensor(file.path, name, tensor, storageBytes)])),
    })),
  };
}

function holdsNoWeights(path: string, value: unknown): LabError {
  const module = findPickledModule(value);
  if (module === null) return modelUnreadable(path, 'it holds no dictionary of weights', howToSave);
  return modelUnreadable(
    path,
    `it is a whole pickled module (${module}), which only the program that it was written by can open`,
    `Save its weights alone: torch.save(torch.load("${path}").state_dict(), "weights.pth").`,
  );
}

interface OpenedCheckpoint {
  value: unknown;
  format: string;
  /** The bytes of a storage; undefined when it is missing. */
  storageBytes(storage: PickledStorage): Uint8Array | undefined;
}

async function openArchive(file: NamedBytes): Promise<OpenedCheckpoint> {
  const entries = await openZip(file);
  if (entries.some(({ path }) => /(^|\/)constants\.pkl$/.test(path))) {
    throw modelUnreadable(
      file.path,
      'it is a TorchScript program, and not weights alone',
      `Save its weights alone: torch.save(torch.jit.load("${file.path}").state_dict(), "weights.pth").`,
    );
  }
  const pickle = entries.find(({ path }) => path === 'data.pkl' || path.endsWith('/data.pkl'));
  if (!pickle) throw modelUnreadable(file.path, 'there is no data.pkl in it', howToSave);
  const folder = pickle.path.slice(0, -'data.pkl'.length);
  const byPath = new Map(entries.map(({ path, bytes }) => [path, bytes]));
  const order = byPath.get(`${folder}byteorder`);
  if (order && new TextDecoder().decode(order) === 'big') {
    throw modelUnreadable(file.path, 'its numbers are big-endian', 'Save it on another machine.');
  }
  return {
    value: parse(file.path, pickle.bytes).value,
    format: 'PyTorch checkpoint (zip)',
    storageBytes: ({ key }) => byPath.get(`${folder}data/${key}`),
  };
}

function openLegacy(file: NamedBytes): OpenedCheckpoint {
  let rest = file.bytes.subarray(legacyMagic.length);
  const next = (): unknown => {
    const { value, length } = parse(file.path, rest);
    rest = rest.subarray(length);
    return value;
  };
  next(); // the protocol
  next(); // the system's sizes and byte order
  const value = next();
  const keys = next();
  if (!Array.isArray(keys)) throw modelUnreadable(file.path, 'the list of its storages is missing', again);
  const found = new Map<string, { kind: PickledStorage; at: number }>();
  return {
    value,
    format: 'PyTorch checkpoint (legacy)',
    storageBytes: (storage) => {
      // Storages follow one another, each with the count of its numbers; how long one is, its kind says.
      if (found.size === 0) placeStorages(file.path, rest, keys.map(String), storagesIn(value), found);
      const at = found.get(storage.key)?.at;
      return at === undefined ? undefined : rest.subarray(at, at + storage.count * numberKinds[storage.kind].bytes);
    },
  };
}

function placeStorages(
  path: string,
  bytes: Uint8Array,
  keys: string[],
  kinds: Map<string, PickledStorage>,
  found: Map<string, { kind: PickledStorage; at: number }>,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (const key of keys) {
    const kind = kinds.get(key);
    if (!kind || at + 8 > bytes.length) throw modelUnreadable(path, `the numbers of storage ${key} are missing`, again);
    const count = Number(view.getBigInt64(at, true));
    if (count < kind.count)
      throw modelUnreadable(path, `storage ${key} has ${count} numbers, not ${kind.count}`, again);
    found.set(key, { kind, at: at + 8 });
    at += 8 + count * numberKinds[kind.kind].bytes;
  }
}

/** Every storage that a pickled value refers to. */
function storagesIn(value: unknown): Map<string, PickledStorage> {
  const storages = new Map<string, PickledStorage>();
  const seen = new Set<unknown>();
  const queue: unknown[] = [value];
  for (const item of queue) {
    if (typeof item !== 'object' || item === null || seen.has(item)) continue;
    seen.add(item);
    if ('storage' in item && 'strides' in item) {
      const { storage } = item as PickledTensor;
      storages.set(storage.key, storage);
    } else if (item instanceof Map) queue.push(...item.values());
    else if (Array.isArray(item)) for (const inner of item) queue.push(inner);
  }
  return storages;
}

/** What stands beside the numbers of a checkpoint, also with its optimiser, has less than a megabyte. */
const mostPickleBytes = 2 ** 21;

function parse(path: string, bytes: Uint8Array) {
  try {
    return unpickle(bytes.subarray(0, mostPickleBytes));
  } catch (cause) {
    if (bytes.length > mostPickleBytes) {
      const what = `its pickle cannot be read within the ${mostPickleBytes} bytes that are looked at, of ${bytes.length}`;
      throw modelUnreadable(path, what, again, cause);
    }
    throw modelUnreadable(path, 'its pickle cannot be read', again, cause);
  }
}

function readTensor(
  path: string,
  name: string,
  { storage, offset, sizes, strides }: PickledTensor,
  storageBytes: OpenedCheckpoint['storageBytes'],
): StateTensor {
  const bytes = storageBytes(storage);
  if (!bytes) throw modelUnreadable(path, `the numbers of "${name}" are missing`, again);
  const { bytes: each } = numberKinds[storage.kind];
  const count = sizes.reduce((product, side) => product * side, 1);
  const last = sizes.reduce((sum, side, axis) => sum + (side - 1) * (strides[axis] ?? 0), offset);
  if (bytes.length < storage.count * each || count > storage.count || (count > 0 && last >= storage.count)) {
    throw modelUnreadable(
      path,
      `"${name}" [${sizes.join(', ')}] is larger than its storage of ${Math.floor(bytes.length / each)} numbers`,
      again,
    );
  }
  const isPacked = strides.every((stride, axis) => stride === sizes.slice(axis + 1).reduce((a, b) => a * b, 1));
  if (isPacked)
    return {
      shape: sizes,
      values: decodeNumbers(storage.kind, bytes.subarray(offset * each, (offset + count) * each)),
    };
  const all = decodeNumbers(storage.kind, bytes.subarray(0, storage.count * each));
  return { shape: sizes, values: gatherStrided(all, offset, sizes, strides) };
}

/** The numbers of a tensor that does not lie in one piece, in row-major order. */
function gatherStrided(all: Float32Array, offset: number, sizes: number[], strides: number[]): Float32Array {
  const place = sizes.map(() => 0);
  return Float32Array.from({ length: sizes.reduce((a, b) => a * b, 1) }, () => {
    const value = all[place.reduce((sum, index, axis) => sum + index * strides[axis]!, offset)]!;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      place[axis]! += 1;
      if (place[axis]! < sizes[axis]!) break;
      place[axis] = 0;
    }
    return value;
  });
}
