import type { LabError } from '../../foundation/labError';
import { modelUnreadable } from '../files/modelUnreadable';
import { sizeOf } from '../network/layerWeights';
import { createNetworkPlan, describeNode, type NetworkPlan } from './networkPlan';
import type { Constant, OnnxAttribute, OnnxGraph, OnnxNode } from './onnxGraph';
import { dimsOf, type Maps, type OnnxValue, type Vector } from './onnxValue';

/** A graph on its way to a network of layers. */
export interface Translation {
  path: string;
  graph: OnnxGraph;
  plan: NetworkPlan;
  /** What each tensor of the graph is in the network, by name. */
  values: Map<string, OnnxValue>;
  /** How many nodes read each tensor; the network's output counts as one more. */
  readers: Map<string, number>;
  /** How many numbers were computed that the file does not hold. */
  numbersMade: number;
}

/** Numbers that may be computed in all, 512 MiB of float32: a small file can ask for any size. */
const mostNumbers = 2 ** 27;

export function createTranslation(path: string, graph: OnnxGraph): Translation {
  const readers = new Map<string, number>();
  for (const name of [...graph.nodes.flatMap(({ inputs }) => inputs), ...graph.outputs]) {
    readers.set(name, (readers.get(name) ?? 0) + 1);
  }
  return { path, graph, plan: createNetworkPlan(), values: new Map(graph.initializers), readers, numbersMade: 0 };
}

/** One node, with what it reads. All that it cannot be is refused with its operator and name. */
export class NodeContext {
  constructor(
    readonly node: OnnxNode,
    readonly translation: Translation,
  ) {}

  get plan(): NetworkPlan {
    return this.translation.plan;
  }

  /** True when an input is there. */
  has(index: number): boolean {
    return (this.node.inputs[index] ?? '') !== '';
  }

  value(index: number): OnnxValue {
    const name = this.node.inputs[index] ?? '';
    const value = this.translation.values.get(name);
    if (value) return value;
    throw this.refusal(
      name === '' ? `its input ${index} is missing` : `it reads "${name}", which no node before it gives`,
    );
  }

  /** An input that must be known beforehand. */
  constant(index: number): Constant {
    const value = this.value(index);
    if (value.kind === 'constant') return value;
    throw this.refusal(`its input "${this.node.inputs[index]}" depends on the image, where the lab needs a constant`);
  }

  /** An input that may be left out. */
  optional(index: number): Constant | null {
    return this.has(index) ? this.constant(index) : null;
  }

  /** An input that depends on the image. */
  image(index: number): Maps | Vector {
    const value = this.value(index);
    if (value.kind === 'maps' || value.kind === 'vector') return value;
    throw this.refusal(
      `its input "${this.node.inputs[index]}" is ${value.kind === 'constant' ? 'a constant' : 'split into groups'}`,
    );
  }

  /** Maps in ONNX' usual order of axes: batch, channels, height, width. */
  maps(index: number): Maps {
    const maps = this.asMaps(this.image(index));
    if (maps.order === 'bchw') return maps;
    throw this.refusal(`its maps are in the order ${maps.order}, where bchw is expected`);
  }

  /** Maps, also where they are one number per channel. */
  asMaps(value: Maps | Vector, order = 'bchw'): Maps {
    if (value.kind === 'maps') return value;
    const { size, dims, layer, rows, isNonNegative } = value;
    const wide = dims.flatMap((side, axis) => (side > 1 ? [axis] : []));
    if (rows || dims.length !== 3 || wide.length > 1) {
      throw this.refusal(`it reads [${describeDims(value)}], where maps are expected`);
    }
    const spread = this.plan.add(this.node, {
      kind: 'Reshape',
      config: { target_shape: [1, 1, size] },
      inputs: [layer],
      part: 'maps',
    });
    const letters = ['h', 'w'];
    const found = `b${[0, 1, 2].map((axis) => (axis === wide[0] ? 'c' : letters.shift())).join('')}`;
    return {
      kind: 'maps',
      layer: spread,
      height: 1,
      width: 1,
      channels: size,
      order: wide.length === 0 ? order : found,
      isNonNegative,
    };
  }

  number(name: string, usual: number): number {
    const value = this.node.attributes.get(name);
    return value === undefined ? usual : this.#typed(name, value, typeof value === 'number');
  }

  numbers(name: string): number[] | null {
    const value = this.node.attributes.get(name);
    return value === undefined ? null : this.#typed(name, value, Array.isArray(value));
  }

  text(name: string, usual: string): string {
    const value = this.node.attributes.get(name);
    return value === undefined ? usual : this.#typed(name, value, typeof value === 'string');
  }

  /** Axes and the like: an attribute in older versions, an input in newer ones. */
  numbersOrInput(name: string, index: number): number[] | null {
    const given = this.numbers(name);
    return given ?? (this.has(index) ? [...this.constant(index).values] : null);
  }

  /** Counts numbers that are about to be computed, and refuses too many. @returns the sides given */
  claim(dims: number[]): number[] {
    const numbers = sizeOf(dims);
    this.translation.numbersMade += numbers;
    const isPossible = dims.every((side) => Number.isInteger(side) && side >= 0);
    if (isPossible && this.translation.numbersMade <= mostNumbers) return dims;
    throw this.refusal(`it would make [${dims.join(', ')}] numbers`);
  }

  /** True when nothing but this node reads an input. */
  isOnlyReaderOf(index: number): boolean {
    return this.translation.readers.get(this.node.inputs[index]!) === 1;
  }

  refusal(why: string): LabError {
    return modelUnreadable(
      this.translation.path,
      `the node ${describeNode(this.node)} cannot become layers of the lab: ${why}`,
      'Export the network without it, or as a Keras or TensorFlow.js layers model.',
    );
  }

  #typed<T>(name: string, value: OnnxAttribute, isTyped: boolean): T {
    if (isTyped) return value as T;
    throw this.refusal(`its attribute "${name}" is of another kind than ONNX says`);
  }
}

/** Sides in words, a question mark for the batch. */
export function describeDims(value: OnnxValue): string {
  return dimsOf(value)
    .map((side) => (Number.isNaN(side) ? '?' : side))
    .join(', ');
}

/** An axis counted from the front. */
export function positiveAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
