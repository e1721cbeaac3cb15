/** Kinds of numbers that checkpoints hold, by PyTorch's storage names and safetensors' names. */
export const numberKinds = {
  F64: { bytes: 8, storage: 'DoubleStorage' },
  F32: { bytes: 4, storage: 'FloatStorage' },
  F16: { bytes: 2, storage: 'HalfStorage' },
  BF16: { bytes: 2, storage: 'BFloat16Storage' },
  I64: { bytes: 8, storage: 'LongStorage' },
  I32: { bytes: 4, storage: 'IntStorage' },
  I16: { bytes: 2, storage: 'ShortStorage' },
  I8: { bytes: 1, storage: 'CharStorage' },
  U8: { bytes: 1, storage: 'ByteStorage' },
  BOOL: { bytes: 1, storage: 'BoolStorage' },
} as const;
export type NumberKind = keyof typeof numberKinds;

/**
 * Little-endian numbers as float32, rounded where they have more digits.
 *
 * @param bytes whole numbers only; not changed
 */
export function decodeNumbers(kind: NumberKind, bytes: Uint8Array): Float32Array {
  const count = Math.floor(bytes.length / numberKinds[kind].bytes);
  if (kind === 'F32') return new Float32Array(bytes.slice(0, 4 * count).buffer);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = readers[kind];
  return Float32Array.from({ length: count }, (_, i) => read(view, i));
}

const readers: Record<NumberKind, (view: DataView, position: number) => number> = {
  F64: (view, i) => view.getFloat64(8 * i, true),
  F32: (view, i) => view.getFloat32(4 * i, true),
  F16: (view, i) => halfToNumber(view.getUint16(2 * i, true)),
  BF16: (view, i) => bfloatToNumber(view.getUint16(2 * i, true)),
  I64: (view, i) => Number(view.getBigInt64(8 * i, true)),
  I32: (view, i) => view.getInt32(4 * i, true),
  I16: (view, i) => view.getInt16(2 * i, true),
  I8: (view, i) => view.getInt8(i),
  U8: (view, i) => view.getUint8(i),
  BOOL: (view, i) => view.getUint8(i),
};

/** IEEE 754 binary16: 1 sign bit, 5 of exponent, 10 of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const scratch = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function bfloatToNumber(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}
