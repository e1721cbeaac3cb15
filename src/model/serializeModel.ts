import type { LayersModel } from '@tensorflow/tfjs-layers';
import { concatFloats } from '../foundation/concatArrays';
import type { LabModel, SerializedModel } from './labModel';
import { methodTraits } from './methodTraits';
import { layerWeights } from './network/layerWeights';
import { forgottenMultiplier } from './network/networkConfig';
import { type LayerReference, orderCalls } from './network/orderCalls';

/** A model as bytes: what is stored, exported and sent. Reads the weights from the device; the model is untouched. */
export async function serializeModel(model: LabModel): Promise<SerializedModel> {
  const weights = model.network.layers.flatMap(layerWeights);
  const values = await Promise.all(weights.map(({ value }) => value.data<'float32'>()));
  return {
    id: model.id,
    name: model.name,
    topology: describeTopology(model.network),
    weightSpecs: weights.map(({ fileName, shape }) => ({ name: fileName, shape, dtype: 'float32' })),
    weights: concatFloats(values).buffer,
    preprocessing: model.preprocessing,
    classNames: model.classNames,
    originalChannels: model.originalChannels,
    ...methodTraits(model),
    ...(model.silenced && { silenced: model.silenced }),
    ...(model.weightMasks && { weightMasks: model.weightMasks }),
    ...(model.prunedFrom && { prunedFrom: model.prunedFrom }),
    ...(model.trainedOn && { trainedOn: model.trainedOn }),
    notes: model.notes,
    ...(model.importReport && { importReport: model.importReport }),
  };
}

interface Topology {
  config: {
    layers: {
      class_name: string;
      config: Record<string, unknown> & { name: string };
      inbound_nodes?: LayerReference[][];
    }[];
    /** Only in networks that are no plain sequence. */
    output_layers?: LayerReference[];
  };
}

function describeTopology(network: LayersModel): object {
  const json: unknown = network.toJSON(null, true);
  if (typeof json !== 'string') throw new TypeError('A network was not written as JSON text.');
  const topology: Topology = JSON.parse(json);
  for (const [index, layer] of network.layers.entries()) {
    const multiplier = forgottenMultiplier(layer);
    if (multiplier !== null) topology.config.layers[index]!.config.depth_multiplier = multiplier;
  }
  orderTopologyCalls(topology);
  return topology;
}

/** Lists the calls of shared layers so that plain tfjs takes each reference for the call that is meant. */
function orderTopologyCalls({ config }: Topology): void {
  if (!config.output_layers) return;
  const called = config.layers.map((layer) => ({
    name: layer.config.name,
    calls: layer.inbound_nodes ?? [],
    firstCall: layer.class_name === 'InputLayer' ? (1 as const) : (0 as const),
  }));
  const { layers, outputs } = orderCalls(called, config.output_layers);
  for (const [index, { calls }] of layers.entries()) config.layers[index]!.inbound_nodes = calls;
  config.output_layers = outputs;
}
