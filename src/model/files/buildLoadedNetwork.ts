import { dispose, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { LayersModel, type layers, models } from '@tensorflow/tfjs-layers';
import { checkBuiltLayers } from '../layerSettings/checkBuiltLayers';
import { type SettledTopology, type SettleOptions, settleTopology } from '../layerSettings/settleTopology';
import { type LayerWeight, layerWeights } from '../network/layerWeights';
import { checkConnections } from './checkConnections';
import { disposeLoaded } from './disposeLoaded';
import type { FoundModel } from './findModelJson';
import { guardWeights } from './guardWeights';
import type { ImportLine } from './importReport';
import { modelUnreadable } from './modelUnreadable';

/**
 * Builds the network that a description tells of, with the weights given.
 *
 * @param weights by name; may be named `layer/kernel` or have more in front, as Keras' versions differ in that
 * @throws LabError `model-unreadable`: unknown layer, weight missing, of another shape, or not a number
 */
export async function buildLoadedNetwork(
  found: FoundModel,
  weights: Record<string, Tensor>,
  options: Omit<SettleOptions, 'weight'>,
): Promise<{ network: LayersModel; repairs: ImportLine[] }> {
  const { path } = found;
  const moments = await readMoments(weights);
  const weight = (name: string) => moments[keyOf(name, moments) ?? ''] ?? null;
  const settled = settleTopology(path, found.json.modelTopology, { ...options, weight });
  const implied = Object.fromEntries(
    Object.entries(settled.weights).map(([name, { shape, values }]) => [name, tensor(values, shape)]),
  );
  try {
    const all = { ...weights, ...implied };
    return { network: await buildWithWeights(path, settled, all), repairs: settled.lines };
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

async function buildWithWeights(
  path: string,
  { topology }: SettledTopology,
  weights: Record<string, Tensor>,
): Promise<LayersModel> {
  const numbers = Object.values(weights).reduce((sum, { size }) => sum + size, 0);
  const network = await buildEmpty(path, topology, numbers);
  try {
    const built = allLayers(network);
    checkBuiltLayers(path, built);
    for (const layer of built) {
      const slots = layerWeights(layer);
      if (slots.length > 0) layer.setWeights(slots.map((slot) => findWeight(path, slot, weights)));
    }
    await refuseNotNumbers(path, network);
  } catch (error) {
    disposeLoaded(network);
    throw error;
  }
  return network;
}

/** The layers, those of networks inside in place of these. */
function allLayers(network: LayersModel): layers.Layer[] {
  return network.layers.flatMap((layer) => (layer instanceof LayersModel ? allLayers(layer) : [layer]));
}

async function buildEmpty(
  path: string,
  topology: Record<string, unknown>,
  numbersInFiles: number,
): Promise<LayersModel> {
  checkConnections(path, topology);
  try {
    const description = JSON.parse(JSON.stringify({ modelTopology: topology }));
    return await guardWeights(numbersInFiles, () => models.modelFromJSON(description));
  } catch (cause) {
    throw modelUnreadable(
      path,
      `its layers cannot be built (${cause instanceof Error ? cause.message : String(cause)})`,
      'Only layers that tfjs knows can be used: no custom layers, no Lambda. Export the network without them.',
      cause,
    );
  }
}

/** A weight's name in the files: its own, or the only one that ends so. */
function keyOf(fileName: string, weights: Record<string, unknown>): string | null {
  if (fileName in weights) return fileName;
  const endings = Object.keys(weights).filter((name) => name.endsWith(`/${fileName}`));
  return endings.length === 1 ? endings[0]! : null;
}

function findWeight(path: string, slot: LayerWeight, weights: Record<string, Tensor>): Tensor {
  const name = keyOf(slot.fileName, weights);
  const weight = name === null ? undefined : weights[name];
  if (!weight) {
    throw modelUnreadable(path, `the weight "${slot.fileName}" is missing`, 'Export the model again with its weights.');
  }
  if (weight.shape.join() === slot.shape.join()) return weight;
  throw modelUnreadable(
    path,
    `the weight "${slot.fileName}" is [${weight.shape.join(', ')}] where the layer needs [${slot.shape.join(', ')}]`,
    'The weight files may belong to another model. Give those that were exported with it.',
  );
}

async function refuseNotNumbers(path: string, network: LayersModel): Promise<void> {
  for (const { fileName, value } of allLayers(network).flatMap(layerWeights)) {
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
