import { isObject } from '../files/findModelJson';
import { modelUnreadable } from '../files/modelUnreadable';
import { isNetworkKind } from '../keras/kerasLayers';
import { giveInputShape } from './giveInputShape';
import { mapShape } from './mapShape';
import { type PlacedLayer, placeChain, redirectReaders } from './placeChain';
import { readCalls, type TensorReference } from './readCalls';
import { refuseTrainingCalls, type SettleContext, settleLayer } from './settleLayer';

/** A network's description, with the same for those inside it. @throws LabError `model-unreadable` */
export function settleNetwork(network: Record<string, unknown>, context: SettleContext): Record<string, unknown> {
  const { class_name: kind, config } = network;
  const listed: unknown = isObject(config) ? config.layers : config;
  if (!Array.isArray(listed)) {
    throw modelUnreadable(
      context.path,
      'its configuration lists no layers',
      'Save the whole network from Keras: model.save("model.keras").',
    );
  }
  const layers = listed.filter(isObject);
  const callShift = callShifts(layers);
  const placed: PlacedLayer[] = [];
  const taken = new Set(layers.map(nameOf));
  for (const layer of layers) {
    const calls = readCalls(layer.inbound_nodes);
    const own = { kind: String(layer.class_name), name: nameOf(layer), calls, callShift };
    if (isNetworkKind(own.kind)) {
      refuseTrainingCalls(own, context);
      const around = mapShape(calls?.[0] ?? null, placed, {});
      placed.push(...placeChain([settleNetwork(giveInputShape(layer, around), context)], own, taken));
    } else {
      placed.push(...settleLayer(layer, own, placed, taken, context));
    }
  }
  redirectReaders(placed);
  const settings = isObject(config) ? config : {};
  return {
    class_name: kind,
    config: {
      name: typeof settings.name === 'string' ? settings.name : 'network',
      layers: placed.map(({ described }) => described),
      ...endsOf(settings, 'input_layers', placed, callShift),
      ...endsOf(settings, 'output_layers', placed, callShift),
    },
  };
}

const nameOf = ({ config, name }: Record<string, unknown>): string =>
  String((isObject(config) ? config.name : undefined) ?? name);

/** Keras 3 counts the calls of a Sequential network from 0, tfjs from 1: there the network's own is the first. */
function callShifts(layers: Record<string, unknown>[]): (name: string) => number {
  const isKeras3 = layers.some(({ inbound_nodes: nodes }) => Array.isArray(nodes) && nodes.some(isObject));
  const sequentials = new Set(layers.filter(({ class_name: kind }) => kind === 'Sequential').map(nameOf));
  return (name) => (isKeras3 && sequentials.has(name) ? 1 : 0);
}

/** `input_layers` and `output_layers`: one reference, a list of them, or one by name. */
function endsOf(
  config: Record<string, unknown>,
  key: 'input_layers' | 'output_layers',
  placed: PlacedLayer[],
  callShift: (name: string) => number,
): Record<string, unknown> {
  const given = isObject(config[key]) ? Object.values(config[key]) : config[key];
  if (!Array.isArray(given)) return {};
  const listed: unknown[] = typeof given[0] === 'string' ? [given] : given;
  const ends = listed.map((reference) => {
    if (!Array.isArray(reference) || typeof reference[0] !== 'string') return reference;
    const [name, call, tensor] = reference as TensorReference;
    const last = placed.find(({ standsFor }) => standsFor === name && key === 'output_layers');
    return [last ? last.name : name, call + callShift(name), tensor];
  });
  return { [key]: ends };
}
