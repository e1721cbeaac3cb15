/** What the header of a NumPy array says (format versions 1 to 3). */
export interface NpyHeader {
  /** Such as `|u1` or `<i8`. */
  type: string;
  shape: number[];
  isFortranOrder: boolean;
  /** Where the values begin. */
  offset: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Enough for any header of a plain array: longer ones describe records, which are not read. */
export const maxHeaderBytes = 4096;

/**
 * Reads an array's header, without running anything of it.
 * @param bytes the first {@link maxHeaderBytes} of the array, or all of a shorter one
 * @returns null when it is none, or none of a plain array
 */
export function readNpyHeader(bytes: Uint8Array): NpyHeader | null {
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
