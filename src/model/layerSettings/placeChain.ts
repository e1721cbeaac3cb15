import type { LayerCall } from './readCalls';

/** A layer of a settled network. */
export interface PlacedLayer {
  name: string;
  /** As it stands in the list of layers. */
  described: Record<string, unknown>;
  /** For the last layer of a chain: the layer of the file whose readers read it. */
  standsFor?: string;
  /** The layer of the file that it is, or belongs to. */
  origin: string;
}

/** A layer of the file, with its place in the network. */
export interface LayerPlace {
  kind: string;
  name: string;
  /** Null in a sequence. */
  calls: LayerCall[] | null;
  /** What is added to the number of a layer's call. */
  callShift(name: string): number;
}

/**
 * Puts a chain of layers where the file has one: the first reads what the file's layer reads, each other the one before.
 *
 * @param described each with `class_name` and `config`; the first gets the name of the file's layer
 * @param taken names in the network, to which those of the chain are added
 */
export function placeChain(
  described: Record<string, unknown>[],
  { name: origin, calls, callShift }: LayerPlace,
  taken: Set<string>,
  suffixes: (string | undefined)[] = [],
): PlacedLayer[] {
  const placed: PlacedLayer[] = [];
  for (const [index, layer] of described.entries()) {
    const name = index === 0 ? origin : freeName(`${origin}_${suffixes[index] ?? index}`, taken);
    const before = placed.at(-1);
    const nodes = calls?.map(({ inputs }, call) =>
      before
        ? [[before.name, call, 0, {}]]
        : inputs.flatMap((input) => {
            if (!('tensor' in input)) return [];
            const [source, number, tensor] = input.tensor;
            return [[source, number + callShift(source), tensor, {}]];
          }),
    );
    placed.push({
      name,
      origin,
      described: {
        ...layer,
        config: { ...(layer.config as Record<string, unknown>), name },
        ...(nodes && { name, inbound_nodes: nodes }),
      },
    });
  }
  const last = placed.at(-1)!;
  if (placed.length > 1) last.standsFor = origin;
  return placed;
}

/** Lets all that read a layer of the file read the last one of the chain that stands for it. */
export function redirectReaders(placed: PlacedLayer[]): void {
  const lastOf = new Map(placed.flatMap(({ standsFor, name }) => (standsFor === undefined ? [] : [[standsFor, name]])));
  if (lastOf.size === 0) return;
  for (const { described, origin } of placed) {
    for (const reference of ((described.inbound_nodes ?? []) as [string, ...unknown[]][][]).flat()) {
      const last = lastOf.get(reference[0]);
      if (last !== undefined && reference[0] !== origin) reference[0] = last;
    }
  }
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
  taken.add(name);
  return name;
}
