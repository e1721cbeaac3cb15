import { strFromU8 } from 'fflate';
import * as z from 'zod/mini';
import { mostJsonBytes } from '../files/findModelJson';
import { modelUnreadable } from '../files/modelUnreadable';
import type { NamedBytes } from '../files/packModelFiles';
import { decodeNumbers, type NumberKind, numberKinds } from './decodeNumbers';
import type { FoundCheckpoint } from './stateDict';

const side = z.int().check(z.gte(0));
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(side),
  data_offsets: z.tuple([side, side]),
});
const again = 'The file may be cut off or damaged. Save or download it again.';

/** True for a file that begins as safetensors do: a length, then a JSON object. */
export function isSafetensors({ bytes }: NamedBytes): boolean {
  return bytes.length > 9 && bytes[8] === 0x7b && bytes[7] === 0 && bytes[6] === 0 && bytes[5] === 0;
}

/**
 * Reads a safetensors file.
 *
 * @throws LabError `model-unreadable`: cut off, a kind of number that is not known, or sizes that do not fit together
 * @source https://huggingface.co/docs/safetensors, format
 */
export function readSafetensors({ path, bytes }: NamedBytes): FoundCheckpoint {
  if (bytes.length < 8) throw modelUnreadable(path, `it has ${bytes.length} bytes`, again);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > mostJsonBytes) {
    throw modelUnreadable(path, `its header has ${length} bytes, and at most ${mostJsonBytes} are read`, again);
  }
  if (length > bytes.length - 8) {
    throw modelUnreadable(path, `its header should take ${length} bytes, but ${bytes.length - 8} are there`, again);
  }
  const header = parseHeader(path, bytes.subarray(8, 8 + length));
  const data = bytes.subarray(8 + length);
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => ({ name, ...checkEntry(path, name, value, data) }));
  return {
    format: 'safetensors',
    dictionaries: [
      {
        keys: [],
        shapes: new Map(entries.map(({ name, shape }) => [name, shape])),
        read: () =>
          new Map(
            entries.map(({ name, shape, dtype, numbers }) => [name, { shape, values: decodeNumbers(dtype, numbers) }]),
          ),
      },
    ],
  };
}

function parseHeader(path: string, bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(strFromU8(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw modelUnreadable(path, 'its header is not valid JSON', again, cause);
  }
  throw modelUnreadable(path, 'its header is no JSON object', again);
}

/** The shape of a weight, and the bytes of its numbers. */
function checkEntry(path: string, name: string, value: unknown, data: Uint8Array) {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw modelUnreadable(path, `the entry "${name}" is not valid (${issue.path.join('.')}: ${issue.message})`, again);
  }
  const {
    dtype,
    shape,
    data_offsets: [start, end],
  } = parsed.data;
  if (!isNumberKind(dtype)) {
    const kinds = Object.keys(numberKinds).join(', ');
    throw modelUnreadable(path, `the numbers of "${name}" are ${dtype}`, `Only ${kinds} are known. Save it as F32.`);
  }
  const due = shape.reduce((product, size) => product * size, numberKinds[dtype].bytes);
  if (end < start || end > data.length || end - start !== due) {
    throw modelUnreadable(
      path,
      `the weight "${name}" [${shape.join(', ')}] should take ${due} bytes, but stands at ${start} … ${end} of ${data.length}`,
      again,
    );
  }
  return { shape, dtype, numbers: data.subarray(start, end) };
}

function isNumberKind(text: string): text is NumberKind {
  return Object.hasOwn(numberKinds, text);
}
