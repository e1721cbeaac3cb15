import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { activationObstacle, channelLinks, type LayerChannels } from './channelLinks';
import { type LayerGraph, layerGraph } from './layerGraph';

/**
 * How far a removal spreads. `tail`: to everything that the channels flow into. `stage`: also back through additions, to
 * every layer that makes a channel of the same number, as a dependency graph gives.
 */
export type RemovalReach = 'tail' | 'stage';

/** An input of an addition that has to lose channels which the layer it comes from keeps for others. */
export interface ChannelSelection {
  join: layers.Layer;
  /** Which of the join's inputs. */
  operand: number;
  source: layers.Layer;
  /** Channels of the source that must not enter the join. */
  gone: Set<number>;
}

/** Everything that goes with the channels removed. */
export interface Removal {
  /** Per layer, the channels of its output that go, as positions of its last axis. Layers not listed keep all. */
  gone: Map<layers.Layer, Set<number>>;
  selections: ChannelSelection[];
  graph: LayerGraph;
  linksOf(layer: layers.Layer): LayerChannels;
}

/** Why channels cannot be removed. Caught by `traceRemoval`. */
class Obstacle extends Error {}

/**
 * Follows channels through the network and finds all that has to go with them: the coupled group.
 *
 * @param targets channels to remove, per layer
 * @returns the group, or in words why these channels cannot be removed
 */
export function traceRemoval(
  network: LayersModel,
  targets: ReadonlyMap<layers.Layer, Iterable<number>>,
  reach: RemovalReach,
): Removal | string {
  try {
    const spread = new Spread(layerGraph(network), reach);
    for (const [layer, channels] of targets) spread.mark(layer, channels);
    spread.run();
    for (const layer of targets.keys()) refuseSignalsFromSilence(layer, spread);
    return spread;
  } catch (thrown) {
    if (thrown instanceof Obstacle) return thrown.message;
    throw thrown;
  }
}

class Spread implements Removal {
  readonly gone = new Map<layers.Layer, Set<number>>();
  selections: ChannelSelection[] = [];
  readonly #links = new Map<layers.Layer, LayerChannels>();
  readonly #queue: layers.Layer[] = [];

  constructor(
    readonly graph: LayerGraph,
    readonly reach: RemovalReach,
  ) {}

  readonly linksOf = (layer: layers.Layer): LayerChannels => {
    const known = this.#links.get(layer);
    if (known) return known;
    if (this.graph.isShared(layer))
      throw new Obstacle(`its channels enter "${layer.name}", which stands at several places`);
    const links = channelLinks(layer);
    if (typeof links === 'string') throw new Obstacle(links);
    this.#links.set(layer, links);
    return links;
  };

  /** Adds channels to what goes from a layer's output. */
  mark(layer: layers.Layer, channels: Iterable<number>): void {
    const present = this.gone.get(layer) ?? new Set();
    const before = present.size;
    for (const channel of channels) present.add(channel);
    if (present.size === before) return;
    this.gone.set(layer, present);
    this.#queue.push(layer);
  }

  run(): void {
    do {
      for (let layer = this.#queue.shift(); layer; layer = this.#queue.shift()) {
        this.#spreadForward(layer);
        if (this.reach === 'stage') this.#spreadBack(layer);
      }
      this.selections = [];
      if (this.reach === 'tail') this.#evenOutJoins();
    } while (this.#queue.length > 0);
  }

  #spreadForward(layer: layers.Layer): void {
    this.linksOf(layer);
    if (this.graph.isOutput(layer)) throw new Obstacle('its channels are the outputs of the network');
    const gone = this.gone.get(layer)!;
    for (const reader of this.graph.readersOf(layer)) {
      const { links } = this.linksOf(reader);
      for (const [operand, source] of this.graph.sourcesOf(reader).entries()) {
        if (links && source === layer)
          this.mark(
            reader,
            positionsWhere(links[operand]!, (from) => gone.has(from)),
          );
      }
    }
  }

  #spreadBack(layer: layers.Layer): void {
    const { links } = this.linksOf(layer);
    for (const [operand, source] of this.graph.sourcesOf(layer).entries()) {
      if (links) this.mark(source, this.#dueFrom(layer, links[operand]!));
    }
  }

  /** Channels that an operand must not bring into a layer of which some outputs go. */
  #dueFrom(layer: layers.Layer, links: Int32Array): Set<number> {
    const due = [...this.gone.get(layer)!].map((position) => links[position]!).filter((from) => from >= 0);
    return new Set(due);
  }

  /** Where only some inputs of an addition lose channels, the others lose them too: at their source, or by a selection. */
  #evenOutJoins(): void {
    for (const join of this.gone.keys()) {
      const { links } = this.linksOf(join);
      if (!links || links.length < 2) continue;
      for (const [operand, source] of this.graph.sourcesOf(join).entries()) {
        const due = this.#dueFrom(join, links[operand]!);
        if ([...due].every((channel) => this.gone.get(source)?.has(channel))) continue;
        const producer = this.#soleProducer(source);
        if (producer) this.mark(producer, due);
        else this.selections.push({ join, operand, source, gone: due });
      }
    }
  }

  /** The layer that makes a tensor's channels, when nothing else reads them on the way; null otherwise. */
  #soleProducer(start: layers.Layer): layers.Layer | null {
    for (let layer = start; ; layer = this.graph.sourcesOf(layer)[0]!) {
      if (this.graph.isShared(layer) || this.graph.isOutput(layer)) return null;
      if (this.graph.readersOf(layer).length !== 1) return null;
      const channels = channelLinks(layer);
      if (typeof channels === 'string') return null;
      if (channels.links === null) return layer;
      const [links, ...more] = channels.links;
      if (more.length > 0 || !links!.every((from, position) => from === position)) return null;
    }
  }
}

/**
 * A channel that is silent must stay so up to where it is read, or until it meets others. Where it does not, it may still be
 * a gate of the channel itself, which a product silences again: x · sigmoid(x).
 */
function refuseSignalsFromSilence(target: layers.Layer, spread: Removal): void {
  const { graph } = spread;
  const carriersOf = (layer: layers.Layer) =>
    graph
      .readersOf(layer)
      .filter((reader) => spread.linksOf(reader).links !== null && graph.sourcesOf(reader).length === 1);
  const silent = new Set<layers.Layer>();
  const sounding = new Map<layers.Layer, string>();
  const follow = (layer: layers.Layer): void => {
    const reason = activationObstacle(layer);
    if (reason) {
      sounding.set(layer, reason);
      return;
    }
    silent.add(layer);
    for (const reader of carriersOf(layer)) follow(reader);
  };
  const isMuted = (layer: layers.Layer): boolean => {
    const carriers = carriersOf(layer);
    return graph
      .readersOf(layer)
      .every((reader) =>
        carriers.includes(reader)
          ? isMuted(reader)
          : reader.getClassName() === 'Multiply' && graph.sourcesOf(reader).some((source) => silent.has(source)),
      );
  };
  follow(target);
  for (const [layer, reason] of sounding) if (!isMuted(layer)) throw new Obstacle(reason);
}

function positionsWhere(links: Int32Array, isGone: (from: number) => boolean): number[] {
  const positions: number[] = [];
  for (const [position, from] of links.entries()) if (isGone(from)) positions.push(position);
  return positions;
}
