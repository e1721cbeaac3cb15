import * as z from 'zod/mini';
import { LabError } from '../foundation/labError';
import type { TrainingCheckpoint } from './trainingCheckpoint';

const magic = 'SNNLCKP1';
/** Magic word, and the length of the text that follows it. */
const prefixBytes = magic.length + 4;

const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
const checkpointSchema: z.ZodMiniType<TrainingCheckpoint> = z.object({
  epoch: z.int().check(z.gte(1)),
  weights: z.array(floats),
  optimizer: z.object({ steps: z.int(), slots: z.record(z.string(), z.array(floats)) }),
  best: z.object({ epoch: z.int(), validationLoss: z.number(), weights: z.array(floats) }),
  history: z.array(
    z.object({
      epoch: z.int(),
      learningRate: z.number(),
      trainLoss: z.number(),
      validationLoss: z.number(),
      validationAccuracy: z.number(),
      warning: z.optional(z.nullable(z.enum(['one-class', 'loss-rose']))),
    }),
  ),
});

/**
 * A checkpoint as a file: the magic word, the length of a JSON text as uint32, the text, and the values of all arrays as
 * float32, little-endian. In the text an array stands as `{"floats": [first, count]}`.
 */
export function packCheckpoint(checkpoint: TrainingCheckpoint): Uint8Array<ArrayBuffer> {
  const arrays: Float32Array[] = [];
  let count = 0;
  const text = JSON.stringify(checkpoint, (_, value: unknown) => {
    if (!(value instanceof Float32Array)) return value;
    arrays.push(value);
    count += value.length;
    return { floats: [count - value.length, value.length] };
  });
  const header = new TextEncoder().encode(text);
  const bytes = new Uint8Array(prefixBytes + header.length + count * 4);
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(magic.length, header.length, true);
  bytes.set(header, prefixBytes);
  let at = prefixBytes + header.length;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/** @throws LabError `checkpoint-unreadable` when the bytes are no checkpoint, or a damaged one */
export function unpackCheckpoint(bytes: Uint8Array<ArrayBuffer>): TrainingCheckpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isCheckpoint = bytes.length >= prefixBytes && decode(bytes.subarray(0, magic.length)) === magic;
  if (!isCheckpoint) throw unreadable('it does not begin as one');
  const valuesAt = prefixBytes + view.getUint32(magic.length, true);
  if (valuesAt > bytes.length) throw unreadable('it ends too early');
  // A copy, since float32 values must begin at a multiple of four.
  const values = new Float32Array(bytes.slice(valuesAt, bytes.length - ((bytes.length - valuesAt) % 4)).buffer);
  const parsed = checkpointSchema.safeParse(reviveFloats(decode(bytes.subarray(prefixBytes, valuesAt)), values));
  if (parsed.success) return parsed.data;
  throw unreadable(parsed.error.issues[0]!.message);
}

function reviveFloats(text: string, values: Float32Array): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => {
      if (typeof value !== 'object' || value === null || !('floats' in value)) return value;
      const [first, count] = value.floats as [number, number];
      if (first + count > values.length) throw unreadable('it ends too early');
      return values.slice(first, first + count);
    });
  } catch (error) {
    throw error instanceof LabError ? error : unreadable('its description is damaged', error);
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function unreadable(why: string, cause?: unknown): LabError {
  return new LabError({
    code: 'checkpoint-unreadable',
    stage: 'going on with a training',
    message: `The checkpoint cannot be read: ${why}.`,
    hint: 'Discard it and start the training again.',
    cause,
  });
}
