import type { onnx as types } from 'onnx-proto';

export type Onnx = typeof types;

/** The reader and writer of ONNX' messages, loaded when it is first needed. */
export async function loadOnnxProto(): Promise<Onnx> {
  const loaded = await import('onnx-proto');
  return loaded.default.onnx;
}
