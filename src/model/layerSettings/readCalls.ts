import { isObject } from '../files/findModelJson';

/** An output of a layer: its name, which of its calls, which of that call's tensors. */
export type TensorReference = [layer: string, call: number, tensor: number];

/** What a layer is called on: an output of another layer, or a constant. */
export type Argument = { tensor: TensorReference } | { constant: unknown };

/** One call of a layer in a functional network. */
export interface LayerCall {
  /** In order; lists of tensors are laid out flat. */
  inputs: Argument[];
  /** By name: `training`, `mask`, and the second operand of an operator of tf.keras. */
  named: Record<string, Argument>;
}

/**
 * Reads the calls of a layer, `inbound_nodes`, in the forms of Keras 2 (`[[[layer, call, tensor, named], …], …]`), of its
 * operators (`[[layer, call, tensor, named], …]`), and of Keras 3 (`[{args, kwargs}, …]`).
 *
 * @returns null when the layer has none, as in a sequence
 */
export function readCalls(nodes: unknown): LayerCall[] | null {
  return Array.isArray(nodes) ? nodes.map((node) => (isObject(node) ? readKeras3(node) : readKeras2(node))) : null;
}

function readKeras3({ args, kwargs }: Record<string, unknown>): LayerCall {
  const listed = Array.isArray(args) ? args.flat(2) : [];
  const named = isObject(kwargs) ? kwargs : {};
  return {
    inputs: listed.map(keras3Argument),
    named: Object.fromEntries(Object.entries(named).map(([key, value]) => [key, keras3Argument(value)])),
  };
}

function keras3Argument(value: unknown): Argument {
  const history = isObject(value) && isObject(value.config) ? value.config.keras_history : undefined;
  return isReference(history) ? { tensor: [history[0], history[1], history[2]] } : { constant: value };
}

/** What stands for a layer's name where a constant is the first operand. */
const constantMark = '_CONSTANT_VALUE';

function readKeras2(node: unknown): LayerCall {
  const listed = Array.isArray(node) ? (typeof node[0] === 'string' ? [node] : node) : [];
  const inputs = listed.filter(Array.isArray).map((read: unknown[]): Argument => {
    return read[0] === constantMark || !isReference(read) ? { constant: read[2] } : keras2Argument(read);
  });
  // Keras writes them behind each input, and reads those behind the last.
  const named = listed.flatMap((read) => (Array.isArray(read) && isObject(read[3]) ? Object.entries(read[3]) : []));
  return { inputs, named: Object.fromEntries(named.map(([key, value]) => [key, keras2Argument(value)])) };
}

function keras2Argument(value: unknown): Argument {
  return isReference(value) ? { tensor: [value[0], value[1], value[2]] } : { constant: value };
}

function isReference(value: unknown): value is TensorReference {
  return (
    Array.isArray(value) && typeof value[0] === 'string' && Number.isInteger(value[1]) && Number.isInteger(value[2])
  );
}
