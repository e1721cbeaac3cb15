/** Layer, number of its call, tensor of that call's output, arguments. */
export type LayerReference = [string, number, number, ...unknown[]];

/** A layer and what each of its calls reads. */
export interface CalledLayer {
  name: string;
  calls: LayerReference[][];
  /** The number of the first call listed. It is 1 for an input and for a network inside: their call 0 is there from the start. */
  firstCall: 0 | 1;
}

export interface OrderedCalls<L extends CalledLayer> {
  layers: L[];
  outputs: LayerReference[];
  /** A call that reads what is not there, or what can only come after it; null when every call can be made. */
  stuck: { layer: string; reads: LayerReference[] } | null;
}

/**
 * Lists the calls of every layer in the order in which tfjs makes them when it reads a description: it goes through the
 * layers as they are listed, again and again, makes each call that can be made by then, and numbers a layer's calls as they
 * are made. Without this a layer that stands at several places could get them in another order than the one in which they
 * are referred to.
 *
 * @param outputs references to calls that get the same new numbers
 */
export function orderCalls<L extends CalledLayer>(
  layers: readonly L[],
  outputs: readonly LayerReference[],
): OrderedCalls<L> {
  const listed = new Map(layers.map((layer) => [layer.name, layer]));
  /** Per layer, which of its calls is made first, second, … */
  const made = new Map(layers.map(({ name }) => [name, new Set<number>()]));
  const isMade = ([name, call]: LayerReference) => {
    const layer = listed.get(name);
    return layer !== undefined && (isOwnCall(layer, call) || made.get(name)!.has(call - layer.firstCall));
  };
  let waiting = layers.flatMap(({ name, calls }) => calls.map((reads, index) => ({ layer: name, index, reads })));
  while (waiting.length > 0) {
    const left = waiting.filter(({ layer, index, reads }) => {
      const isReady = reads.every(isMade);
      if (isReady) made.get(layer)!.add(index);
      return !isReady;
    });
    if (left.length === waiting.length) break;
    waiting = left;
  }
  const orders = new Map([...made].map(([name, calls]) => [name, [...calls]]));
  const renumber = (reference: LayerReference): LayerReference => {
    const [name, call, ...rest] = reference;
    const layer = listed.get(name);
    if (!layer || isOwnCall(layer, call)) return reference;
    return [name, orders.get(name)!.indexOf(call - layer.firstCall) + layer.firstCall, ...rest];
  };
  return {
    layers: layers.map((layer) => ({
      ...layer,
      calls: orders.get(layer.name)!.map((index) => layer.calls[index]!.map(renumber)),
    })),
    outputs: outputs.map(renumber),
    stuck: waiting[0] ?? null,
  };
}

const isOwnCall = ({ firstCall }: CalledLayer, call: number) => firstCall === 1 && call === 0;
