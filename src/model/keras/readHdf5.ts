import type { Dataset, Entity, Group } from 'h5wasm';
import { modelUnreadable } from '../files/modelUnreadable';
import type { NumberArray } from './numberArray';

/** A group of an HDF5 file: attributes that are texts, arrays of numbers, and groups below it. */
export interface Hdf5Group {
  attributes: Record<string, string | string[]>;
  arrays: Map<string, NumberArray>;
  groups: Map<string, Hdf5Group>;
}

/** More than any network has: 20,000 groups and arrays, 32 deep, 1 GiB of numbers. */
const mostNodes = 20_000;
const mostDepth = 32;
const mostBytes = 2 ** 30;
/** HDF5's number for the class of floating-point numbers. */
const floatClass = 1;
const again = 'The file may be cut off or damaged. Save or download it again.';

let filesOpened = 0;

/** True for the signature of HDF5. */
export function isHdf5(bytes: Uint8Array): boolean {
  return [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, i) => bytes[i] === byte);
}

/**
 * Reads a whole HDF5 file. The library for it (1 MB) is loaded at the first call.
 *
 * @throws LabError `model-unreadable`: damaged, or larger than any network
 */
export async function readHdf5(path: string, bytes: Uint8Array): Promise<Hdf5Group> {
  const { ready, File } = await import('h5wasm');
  const { FS, activate_throwing_error_handler: throwErrors } = await ready;
  throwErrors();
  filesOpened += 1;
  const name = `model-${filesOpened}.h5`;
  FS.writeFile(name, bytes);
  try {
    const file = new File(name, 'r');
    try {
      return readGroup(file, { nodes: 0, bytes: 0 }, 0, path);
    } finally {
      file.close();
    }
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'LabError') throw cause;
    throw modelUnreadable(path, 'its HDF5 structure cannot be read', again, cause);
  } finally {
    FS.unlink(name);
  }
}

/** What has been read so far. */
interface Tally {
  nodes: number;
  bytes: number;
}

function readGroup(group: Group, tally: Tally, depth: number, path: string): Hdf5Group {
  const read: Hdf5Group = { attributes: readAttributes(group), arrays: new Map(), groups: new Map() };
  for (const key of group.keys()) {
    tally.nodes += 1;
    if (tally.nodes > mostNodes || depth > mostDepth) {
      throw modelUnreadable(path, `it has more than ${mostNodes} parts or is more than ${mostDepth} deep`, again);
    }
    const entity = group.get(key);
    if (isDataset(entity)) read.arrays.set(key, readArray(entity, `${group.path}/${key}`, tally, path));
    else if (isGroup(entity)) read.groups.set(key, readGroup(entity, tally, depth + 1, path));
  }
  return read;
}

const isDataset = (entity: Entity | null): entity is Dataset =>
  entity !== null && 'type' in entity && String(entity.type) === 'Dataset';
const isGroup = (entity: Entity | null): entity is Group =>
  entity !== null && 'type' in entity && String(entity.type) === 'Group';

function readAttributes({ attrs }: Group): Record<string, string | string[]> {
  const texts: Record<string, string | string[]> = {};
  for (const [key, attribute] of Object.entries(attrs)) {
    const { value } = attribute;
    if (typeof value === 'string') texts[key] = value;
    else if (Array.isArray(value) && value.every((item) => typeof item === 'string')) texts[key] = value;
    else if (value instanceof Uint8Array) texts[key] = new TextDecoder().decode(value);
  }
  return texts;
}

/** Numbers of any kind become float32. The declared size is checked before anything is allocated. */
function readArray(dataset: Dataset, where: string, tally: Tally, path: string): NumberArray {
  const shape = dataset.shape ?? [];
  const { size, type } = dataset.metadata;
  const isFloat = type === floatClass;
  const count = shape.reduce((product, side) => product * side, 1);
  tally.bytes += count * Math.max(size, 4);
  if (!(tally.bytes <= mostBytes)) {
    throw modelUnreadable(path, `"${where}" [${shape.join(', ')}] goes beyond 1 GiB of numbers`, again);
  }
  if (isFloat && size < 4) {
    throw modelUnreadable(
      path,
      `"${where}" holds floating-point numbers of ${8 * size} bits, which the lab does not read`,
      'Save the network with float32 weights.',
    );
  }
  const { value } = dataset;
  if (typeof value === 'number') return { shape, values: Float32Array.of(value), isFloat };
  if (ArrayBuffer.isView(value) && !(value instanceof BigInt64Array) && !(value instanceof BigUint64Array)) {
    return { shape, values: Float32Array.from(value as Float32Array), isFloat };
  }
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) {
    return { shape, values: Float32Array.from(value, Number), isFloat };
  }
  // Texts and the like are no weights.
  return { shape: [0], values: new Float32Array(), isFloat };
}
