import * as z from 'zod/mini';
import { LabError } from '../foundation/labError';
import type { TrainingCheckpoint } from './trainingCheckpoint';

const magic = 'SNNLCKP2';
/** Earlier files have no checksum. */
const earlierMagic = 'SNNLCKP1';
const checksumBytes = 32;
/** The length of the text that follows. */
const lengthBytes = 4;

const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
const optimizerState = z.object({ steps: z.int(), slots: z.record(z.string(), z.array(floats)) });
const checkpointSchema: z.ZodMiniType<TrainingCheckpoint> = z.object({
  epoch: z.int().check(z.gte(0)),
  weights: z.array(floats),
  optimizer: optimizerState,
  companions: z.optional(z.record(z.string(), z.object({ weights: z.array(floats), optimizer: optimizerState }))),
  best: z.nullable(z.object({ epoch: z.int(), validationLoss: z.number(), weights: z.array(floats) })),
  history: z.array(
    z.object({
      epoch: z.int(),
      learningRate: z.number(),
      trainLoss: z.number(),
      validationLoss: z.number(),
      validationAccuracy: z.number(),
      warning: z.optional(z.nullable(z.enum(['one-class', 'loss-rose']))),
      phase: z.optional(z.string()),
    }),
  ),
  ended: z.optional(z.object({ endedBy: z.literal('finish-now'), keptEpoch: z.nullable(z.int()) })),
});

/**
 * A checkpoint as a file: the magic word, the SHA-256 of what follows, the length of a JSON text as uint32, the text, and the
 * values of all arrays as float32, little-endian. In the text an array stands as `{"floats": [first, count]}`.
 */
export async function packCheckpoint(checkpoint: TrainingCheckpoint): Promise<Uint8Array<ArrayBuffer>> {
  const arrays: Float32Array[] = [];
  let count = 0;
  const text = JSON.stringify(checkpoint, (_, value: unknown) => {
    if (!(value instanceof Float32Array)) return value;
    arrays.push(value);
    count += value.length;
    return { floats: [count - value.length, value.length] };
  });
  const header = new TextEncoder().encode(text);
  const prefixBytes = magic.length + checksumBytes;
  const bytes = new Uint8Array(prefixBytes + lengthBytes + header.length + count * 4);
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(prefixBytes, header.length, true);
  bytes.set(header, prefixBytes + lengthBytes);
  let at = prefixBytes + lengthBytes + header.length;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  bytes.set(await checksumOf(bytes.subarray(prefixBytes)), magic.length);
  return bytes;
}

/** @throws LabError `checkpoint-unreadable` when the bytes are no checkpoint, or a damaged one */
export async function unpackCheckpoint(bytes: Uint8Array<ArrayBuffer>): Promise<TrainingCheckpoint> {
  const body = await checkedBody(bytes);
  if (body.length < lengthBytes) throw unreadable('it ends too early');
  const headerBytes = new DataView(body.buffer, body.byteOffset, body.byteLength).getUint32(0, true);
  const valuesAt = lengthBytes + headerBytes;
  if (valuesAt > body.length) throw unreadable('it ends too early');
  // A copy, since float32 values must begin at a multiple of four.
  const values = new Float32Array(body.slice(valuesAt, body.length - ((body.length - valuesAt) % 4)).buffer);
  const parsed = checkpointSchema.safeParse(reviveFloats(decode(body.subarray(lengthBytes, valuesAt)), values));
  if (parsed.success) return parsed.data;
  throw unreadable(parsed.error.issues[0]!.message);
}

/** What follows the magic word and, but in earlier files, its checksum. */
async function checkedBody(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const word = decode(bytes.subarray(0, magic.length));
  if (word === earlierMagic) return bytes.subarray(magic.length);
  if (word !== magic) throw unreadable('it does not begin as one');
  const body = bytes.subarray(magic.length + checksumBytes);
  const written = bytes.subarray(magic.length, magic.length + checksumBytes);
  const found = await checksumOf(body);
  if (written.length < checksumBytes || found.some((byte, index) => byte !== written[index])) {
    throw unreadable('its checksum does not fit its content');
  }
  return body;
}

async function checksumOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
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
