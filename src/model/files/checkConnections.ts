import { isObject } from './findModelJson';
import { modelUnreadable } from './modelUnreadable';

const again = 'The description may be damaged. Export the network again.';

/** Kinds of layers whose first call is there from the start: that of the network inside on its own inputs. */
const startCalled = ['InputLayer', 'Functional', 'Model', 'Sequential'];

/** One call of a layer on outputs of others. */
interface Call {
  layer: string;
  reads: { layer: string; call: number }[];
}

/**
 * Checks that every call of a layer in a functional network reads calls that can be made before it. tfjs puts off those
 * that cannot, and would do so for ever.
 *
 * @param topology in Keras 2's words (`class_name`, `inbound_nodes`)
 * @throws LabError `model-unreadable` naming a layer
 */
export function checkConnections(path: string, topology: unknown): void {
  const queue: unknown[] = [topology];
  for (const value of queue) {
    if (Array.isArray(value)) for (const item of value) queue.push(item);
    else if (isObject(value)) {
      if (Array.isArray(value.layers)) checkNetwork(path, value.layers.filter(isObject));
      for (const inner of Object.values(value)) if (typeof inner === 'object') queue.push(inner);
    }
  }
}

function checkNetwork(path: string, described: Record<string, unknown>[]): void {
  const layers = described.filter(({ inbound_nodes: nodes }) => Array.isArray(nodes));
  const callsMade = new Map<string, number>();
  for (const { name, class_name: kind, config } of layers) {
    if (typeof name !== 'string' || (isObject(config) && config.name !== name) || callsMade.has(name)) {
      throw modelUnreadable(path, `a layer of kind ${String(kind)} has no name of its own`, again);
    }
    callsMade.set(name, startCalled.includes(String(kind)) ? 1 : 0);
  }
  let waiting = layers.flatMap(({ name, inbound_nodes: nodes }) => listCalls(String(name), nodes as unknown[]));
  while (waiting.length > 0) {
    const isReady = ({ reads }: Call) => reads.every(({ layer, call }) => !((callsMade.get(layer) ?? 0) <= call));
    const ready = waiting.filter(isReady);
    if (ready.length === 0) throw unconnected(path, waiting[0]!, callsMade);
    waiting = waiting.filter((call) => !ready.includes(call));
    for (const { layer } of ready) callsMade.set(layer, callsMade.get(layer)! + 1);
  }
}

/** Reads `[[[name, call, tensor, …], …], …]`. A call on nothing is never made. */
function listCalls(layer: string, nodes: unknown[]): Call[] {
  return nodes
    .filter((node) => Array.isArray(node))
    .map((node: unknown[]) => ({
      layer,
      reads: node
        .filter((read) => Array.isArray(read))
        .map((read: unknown[]) => ({ layer: String(read[0]), call: Number(read[1]) })),
    }))
    .filter(({ reads }) => reads.length > 0);
}

function unconnected(path: string, { layer, reads }: Call, callsMade: Map<string, number>) {
  const missing = reads.find((read) => !callsMade.has(read.layer));
  const why = missing ? `reads "${missing.layer}", which is not there` : 'reads what can only come after it';
  return modelUnreadable(path, `the layer "${layer}" ${why}`, again);
}
