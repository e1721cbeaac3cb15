import { isObject } from './findModelJson';

/**
 * Rewrites what Keras 3 says differently from Keras 2, which is what tfjs reads: `batch_shape`, dtype policies, and
 * the links between layers of a functional network. Anything else is left as it is.
 */
export function repairKeras3(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(repairKeras3);
  if (!isObject(value)) return value;
  const repaired: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'batch_shape') repaired.batch_input_shape = inner;
    else if (key === 'dtype' && isObject(inner)) repaired.dtype = 'float32';
    else if (key === 'inbound_nodes' && Array.isArray(inner)) repaired[key] = inner.map(repairNode);
    else if ((key === 'input_layers' || key === 'output_layers') && Array.isArray(inner)) {
      repaired[key] = typeof inner[0] === 'string' ? [inner] : inner;
    } else repaired[key] = repairKeras3(inner);
  }
  return repaired;
}

/** A call `{args, kwargs}` becomes a list of [layer, node, tensor, {}]. */
function repairNode(node: unknown): unknown {
  if (!isObject(node) || !Array.isArray(node.args)) return node;
  return node.args.flat().flatMap((argument) => {
    const history = isObject(argument) && isObject(argument.config) ? argument.config.keras_history : undefined;
    return Array.isArray(history) ? [[...history, {}]] : [];
  });
}
