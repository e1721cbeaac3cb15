import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { onnx } from 'onnx-proto';
import { layerWeights } from '../network/layerWeights';

/** A setting of a node: a whole number, several, a text, or a number with a point. */
export type NodeSetting = number | number[] | string | { float: number };

/** What the nodes of one layer are written with. */
export interface LayerWriter {
  /** Names of the tensors that the layer reads. */
  inputs: string[];
  /** True for a flattening in ONNX' order, for which the rows of the dense layers behind it are reordered. */
  isReordered: boolean;
  /** Puts the rows of a dense kernel in the order in which ONNX flattens. */
  rows(kernel: Tensor): Tensor;
  /** Adds a node; gives its output's name. @param part what is added to the layer's name for a node that is not its last */
  node(operator: string, inputs: string[], settings?: Record<string, NodeSetting>, part?: string): string;
  /** Adds one of the layer's weights; gives its name. @param arrange to ONNX' order of axes */
  weight(suffix: string, weight: string, arrange: (value: Tensor) => Tensor): string;
  constant(suffix: string, constant: { dims: number[]; values: Float32Array }): string;
  number(suffix: string, value: number): string;
  integers(suffix: string, values: number[]): string;
}

/** The nodes and tensors of a graph as they are being written. Weights still have to be read from the device. */
export interface GraphParts {
  nodes: onnx.INodeProto[];
  tensors: onnx.ITensorProto[];
  pending: Promise<void>[];
  /** Names that are taken, those of layers among them. */
  taken: Set<string>;
}

const codes = { float: 1, int64: 7 };
const kinds = { float: 1, int: 2, string: 3, ints: 7 };

/** @param rows see `LayerWriter.rows` */
export function createLayerWriter(
  layer: layers.Layer,
  { nodes, tensors, pending, taken }: GraphParts,
  { inputs, isReordered, rows }: Pick<LayerWriter, 'inputs' | 'isReordered' | 'rows'>,
): LayerWriter {
  const partName = (part: string): string => {
    let name = `${layer.name}.${part}`;
    while (taken.has(name)) name += '_';
    taken.add(name);
    return name;
  };
  const add = (suffix: string, tensor: onnx.ITensorProto): string => {
    const name = partName(suffix);
    tensors.push({ ...tensor, name });
    return name;
  };
  const constant: LayerWriter['constant'] = (suffix, { dims, values }) =>
    add(suffix, { dataType: codes.float, dims, rawData: bytesOf(values) });
  return {
    inputs,
    isReordered,
    rows,
    node(operator, given, settings = {}, part) {
      const name = part ? partName(part) : layer.name;
      const attribute = Object.entries(settings).map(([key, value]) => describeSetting(key, value));
      nodes.push({ opType: operator, name, input: given, output: [name], attribute });
      return name;
    },
    weight(suffix, weight, arrange) {
      const { value } = layerWeights(layer).find((one) => one.name === weight)!;
      const arranged = tidy(() => arrange(value).clone());
      const name = partName(suffix);
      const tensor: onnx.ITensorProto = { name, dataType: codes.float, dims: arranged.shape };
      tensors.push(tensor);
      pending.push(
        arranged.data<'float32'>().then((values) => {
          tensor.rawData = bytesOf(values.slice());
          arranged.dispose();
        }),
      );
      return name;
    },
    constant,
    number: (suffix, value) => constant(suffix, { dims: [], values: Float32Array.of(value) }),
    integers: (suffix, values) => {
      const numbers = BigInt64Array.from(values, BigInt);
      return add(suffix, { dataType: codes.int64, dims: [values.length], rawData: new Uint8Array(numbers.buffer) });
    },
  };
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function describeSetting(name: string, value: NodeSetting): onnx.IAttributeProto {
  if (typeof value === 'number') return { name, type: kinds.int, i: value };
  if (typeof value === 'string') return { name, type: kinds.string, s: new TextEncoder().encode(value) };
  return Array.isArray(value) ? { name, type: kinds.ints, ints: value } : { name, type: kinds.float, f: value.float };
}
