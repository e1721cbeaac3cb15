import { tableUnreadable } from '../../tables/tableUnreadable';
import { listZip } from '../files/listZip';
import type { SourceFile } from '../files/sourceFile';
import { maxHeaderBytes, type NpyHeader, readNpyHeader } from './readNpyHeader';

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
