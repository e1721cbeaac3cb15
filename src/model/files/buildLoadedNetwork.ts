import { dispose, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, models } from '@tensorflow/tfjs-layers';
import { checkBuiltLayers } from '../layerSettings/checkBuiltLayers';
import { type SettledTopology, type SettleOptions, settleTopology } from '../layerSettings/settleTopology';
import { disposeNetwork } from '../network/disposeNetwork';
import { layerWeights } from '../network/layerWeights';
import { type DescribedNetwork, readDescription, writeDescription } from './describedNetwork';
import type { FoundModel } from './findModelJson';
import { guardWeights } from './guardWeights';
import type { ImportLine } from './importReport';
import { modelUnreadable } from './modelUnreadable';
import { orderNetworkCalls } from './orderNetworkCalls';
import { placedLayers, placeWeights } from './placeWeights';
import { type LayerPlace, unfoldNetworks } from './unfoldNetworks';

export interface BuiltNetwork {
  /** A network of plain layers. */
  network: LayersModel;
  /** The network as tfjs builds it with the networks inside; null when there are none, or tfjs cannot build it. */
  plain: LayersModel | null;
  /** Where each layer stood in the description, by its name. */
  places: ReadonlyMap<string, LayerPlace>;
  lines: ImportLine[];
  /** What was changed, in words. */
  changes: string[];
}

/**
 * Builds the network that a description tells of, with the weights given. Networks inside are taken apart.
 *
 * @param weights by name, as `placeWeights` looks for them
 * @throws LabError `model-unreadable`: unknown layer, weight missing, of another shape, or not a number
 */
export async function buildLoadedNetwork(
  found: FoundModel,
  weights: Record<string, Tensor>,
  options: Omit<SettleOptions, 'weight'>,
): Promise<BuiltNetwork> {
  const { path, json } = found;
  const moments = await readMoments(weights);
  const weight = (name: string) => moments[keyOf(name, moments) ?? ''] ?? null;
  const settled = settleTopology(path, json.modelTopology, { ...options, weight });
  const implied = Object.fromEntries(
    Object.entries(settled.weights).map(([name, { shape, values }]) => [name, tensor(values, shape)]),
  );
  try {
    return await buildSettled(path, settled, { ...weights, ...implied });
  } finally {
    dispose(implied);
  }
}

/** The numbers of weights that become settings: means and variances of Normalization layers. */
async function readMoments(weights: Record<string, Tensor>): Promise<Record<string, number[]>> {
  const named = Object.entries(weights).filter(([name]) => /\/(mean|variance)$/.test(name));
  const values = named.map(async ([name, value]): Promise<[string, number[]]> => [name, [...(await value.data())]]);
  return Object.fromEntries(await Promise.all(values));
}

/** A weight's name in the files: its own, or the only one that ends so. */
function keyOf(name: string, weights: Record<string, unknown>): string | null {
  if (name in weights) return name;
  const endings = Object.keys(weights).filter((key) => key.endsWith(`/${name}`));
  return endings.length === 1 ? endings[0]! : null;
}

const notCompared = 'TensorFlow.js cannot build the network with these inside, so that the two could not be compared.';

async function buildSettled(
  path: string,
  settled: SettledTopology,
  weights: Record<string, Tensor>,
): Promise<BuiltNetwork> {
  const read = readDescription(path, settled.topology);
  if (!read) throw unbuildable(path, new TypeError('it describes no network'));
  const described = orderNetworkCalls(path, read);
  const { description, places, unfolded, lines } = unfoldNetworks(path, described);
  const network = await buildWithWeights(path, description, places, weights);
  try {
    checkBuiltLayers(path, network.layers);
    await refuseNotNumbers(path, network);
    const plain = unfolded.length === 0 ? null : await buildAsItIs(path, described, weights);
    return {
      network,
      plain,
      places,
      lines: [...settled.lines, ...lines],
      changes: [
        ...(unfolded.length === 0
          ? []
          : [`Networks that stood as layers were taken apart: "${unfolded.join('", "')}".`]),
        ...(unfolded.length === 0 || plain ? [] : [notCompared]),
      ],
    };
  } catch (error) {
    disposeNetwork(network);
    throw error;
  }
}

async function buildWithWeights(
  path: string,
  description: DescribedNetwork,
  places: ReadonlyMap<string, LayerPlace>,
  weights: Record<string, Tensor>,
): Promise<LayersModel> {
  const network = await buildEmpty(path, description, weights);
  try {
    const placed = network.layers.map((layer) => ({ layer, place: places.get(layer.name) ?? [layer.name] }));
    placeWeights(path, placed, weights);
    return network;
  } catch (error) {
    disposeNetwork(network);
    throw error;
  }
}

/** What tfjs makes of a description with networks inside, to compare with; null where it cannot build it. */
async function buildAsItIs(
  path: string,
  description: DescribedNetwork,
  weights: Record<string, Tensor>,
): Promise<LayersModel | null> {
  try {
    const network = await buildEmpty(path, description, weights);
    try {
      placeWeights(path, placedLayers(network), weights);
      return network;
    } catch (error) {
      disposeNetwork(network);
      throw error;
    }
  } catch {
    return null;
  }
}

async function buildEmpty(
  path: string,
  description: DescribedNetwork,
  weights: Record<string, Tensor>,
): Promise<LayersModel> {
  const numbers = Object.values(weights).reduce((sum, { size }) => sum + size, 0);
  try {
    const modelTopology = JSON.parse(JSON.stringify(writeDescription(description)));
    return await guardWeights(numbers, () => models.modelFromJSON({ modelTopology }));
  } catch (cause) {
    throw unbuildable(path, cause);
  }
}

function unbuildable(path: string, cause: unknown) {
  return modelUnreadable(
    path,
    `its layers cannot be built (${cause instanceof Error ? cause.message : String(cause)})`,
    'Only layers that tfjs knows can be used: no custom layers, no Lambda. Export the network without them.',
    cause,
  );
}

async function refuseNotNumbers(path: string, network: LayersModel): Promise<void> {
  for (const { fileName, value } of network.layers.flatMap(layerWeights)) {
    const values = await value.data<'float32'>();
    const position = values.findIndex((number) => !Number.isFinite(number));
    if (position < 0) continue;
    throw modelUnreadable(
      path,
      `the weight "${fileName}" holds ${values[position]} at position ${position}`,
      'Its training has probably diverged. Load an earlier state of it.',
    );
  }
}
