import type { onnx } from 'onnx-proto';
import { createRandom } from '../foundation/random';
import { sizeOf } from '../model/network/layerWeights';
import { loadOnnxProto } from '../model/onnx/onnxProto';

/** A node by hand: operator, inputs, outputs, settings. Numbers with a point are floats, others integers. */
export type HandNode = [
  operator: string,
  inputs: string[],
  outputs: string[],
  settings?: Record<string, number | number[] | string | { float: number }>,
];

/** A small graph by hand. */
export interface HandGraph {
  nodes: HandNode[];
  /** Sides of the input `x`; text for a side that is left open. */
  input: (number | string)[];
  output?: string[];
  /** Weights by name. Whole numbers are written as int64. */
  weights?: Record<string, onnx.ITensorProto>;
  opset?: number;
}

const codes = { float: 1, int64: 7 };

/** An ONNX file of a graph that is written down in a test. */
export async function writeHandGraph({ nodes, input, output = ['y'], weights = {}, opset = 17 }: HandGraph) {
  const { ModelProto } = await loadOnnxProto();
  const dim = input.map((side) => (typeof side === 'string' ? { dimParam: side } : { dimValue: side }));
  const bytes = ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: '', version: opset }],
    producerName: 'a test',
    graph: {
      name: 'hand',
      node: nodes.map(([opType, inputs, outputs, settings = {}], index) => ({
        opType,
        name: `${opType} ${index}`,
        input: inputs,
        output: outputs,
        attribute: Object.entries(settings).map(([name, value]) => setting(name, value)),
      })),
      initializer: Object.entries(weights).map(([name, tensor]) => ({ ...tensor, name })),
      input: [{ name: 'x', type: { tensorType: { elemType: codes.float, shape: { dim } } } }],
      output: output.map((name) => ({ name, type: { tensorType: { elemType: codes.float } } })),
    },
  }).finish();
  return { path: 'hand.onnx', bytes };
}

function setting(name: string, value: NonNullable<HandNode[3]>[string]): onnx.IAttributeProto {
  if (typeof value === 'number') return { name, type: 2, i: value };
  if (typeof value === 'string') return { name, type: 3, s: new TextEncoder().encode(value) };
  return Array.isArray(value) ? { name, type: 7, ints: value } : { name, type: 1, f: value.float };
}

/** Numbers between -0.5 and 0.5, from a seed. */
export function randomWeight(dims: number[], seed = 1): onnx.ITensorProto {
  const random = createRandom(seed, 'onnx');
  const values = Float32Array.from({ length: sizeOf(dims) }, () => random.next() - 0.5);
  return floats(dims, values);
}

export function floats(dims: number[], values: ArrayLike<number>): onnx.ITensorProto {
  return { dataType: codes.float, dims, rawData: new Uint8Array(Float32Array.from(values).buffer) };
}

export function integers(values: number[], dims = [values.length]): onnx.ITensorProto {
  return { dataType: codes.int64, dims, rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer) };
}
