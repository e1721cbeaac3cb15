import { concatBytes } from '../../foundation/concatArrays';
import { sha256Hex } from '../../foundation/sha256Hex';
import type { Predictions } from './predictions';

/** SHA-256 of all that predictions say, as hex digits: the same for the same content, whatever arrays it lies in. */
export async function hashPredictions(predictions: Predictions): Promise<string> {
  const { classNames, labels, attributes, clusters, predicted, scores } = predictions;
  const names = attributes.map(({ name, groupNames }) => ({ name, groupNames }));
  const texts = JSON.stringify([classNames, names, clusters, scores && scores.kind, labels.length]);
  const columns = [labels, predicted, ...attributes.map(({ groups }) => groups)].map((column) =>
    Int32Array.from(column),
  );
  const parts = [
    new TextEncoder().encode(texts),
    ...columns.map(bytesOf),
    ...(scores ? [bytesOf(Float64Array.from(scores.values))] : []),
  ];
  return sha256Hex(concatBytes(parts));
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>) {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
