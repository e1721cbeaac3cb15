import { tableUnreadable } from '../../tables/tableUnreadable';
import { listZip } from '../files/listZip';
import type { SourceFile } from '../files/sourceFile';

/** One array of an archive; its values are read piece by piece. */
export interface NpyArray {
  name: string;
  header: NpyHeader;
  /** Bytes of the values, from a position behind the header. */
  read(from: number, count: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens the arrays of a NumPy archive, which is a zip of them. An array is unpacked once, when something of it is first
 * read, into a blob that the browser may keep on disk.
 *
 * @throws LabError `table-unreadable` when an array's header is none, or it is shorter than its shape says; `zip-unreadable`
 */
export async function openNpz(source: SourceFile): Promise<Map<string, NpyArray>> {
  const arrays = new Map<string, NpyArray>();
  for (const entry of await listZip(await source.read(), source.path)) {
    const name = entry.path.slice(source.path.length + 1).replace(/\.npy$/, '');
    let unpacked: Promise<Blob> | null = null;
    const open = () => (unpacked ??= entry.read());
    const blob = await open();
    const header = readNpyHeader(new Uint8Array(await blob.slice(0, maxHeaderBytes).arrayBuffer()));
    if (!header) throw tableUnreadable(source.path, `${name} in it is no plain NumPy array`, {});
    const bytes = header.shape.reduce((product, size) => product * size, Number(header.type.replace(/^\D+/, '')));
    if (blob.size - header.offset !== bytes) {
      const what = `${name} in it holds ${blob.size - header.offset} bytes of values, where its shape needs ${bytes}`;
      throw tableUnreadable(source.path, what, {});
    }
    const read = async (from: number, count: number) =>
      new Uint8Array(await (await open()).slice(header.offset + from, header.offset + from + count).arrayBuffer());
    arrays.set(name, { name, header, read });
  }
  return arrays;
}

/** What the header of a NumPy array says (format versions 1 to 3). */
interface NpyHeader {
  /** Such as `|u1` or `<i8`. */
  type: string;
  shape: number[];
  isFortranOrder: boolean;
  /** Where the values begin. */
  offset: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Enough for any header of a plain array: longer ones describe records, which are not read. */
const maxHeaderBytes = 4096;

/**
 * Reads an array's header, without running anything of it.
 * @param bytes the first {@link maxHeaderBytes} of the array, or all of a shorter one
 * @returns null when it is none, or none of a plain array
 */
function readNpyHeader(bytes: Uint8Array): NpyHeader | null {
  if (bytes.length < 12 || magic.some((byte, index) => bytes[index] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFirstVersion = bytes[6] === 1;
  const start = isFirstVersion ? 10 : 12;
  const offset = start + (isFirstVersion ? view.getUint16(8, true) : view.getUint32(8, true));
  if (offset > bytes.length) return null;
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, offset));
  const type = /'descr'\s*:\s*'([<>|=]?[a-zA-Z]\d+)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (type === undefined || order === undefined || sizes === undefined) return null;
  const shape = sizes
    .split(',')
    .map((size) => size.trim())
    .filter((size) => size !== '')
    .map(Number);
  if (!shape.every(Number.isSafeInteger)) return null;
  return { type, shape, isFortranOrder: order === 'True', offset };
}
