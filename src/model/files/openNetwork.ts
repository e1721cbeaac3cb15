import { dispose, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { LabError } from '../../foundation/labError';
import type { Asker } from '../../foundation/openQuestion';
import { isCheckpoint, readCheckpoint } from '../checkpoints/readCheckpoint';
import { isKeras, readKeras } from '../keras/readKeras';
import { readWrittenBy, type WrittenBy } from '../layerSettings/writtenBy';
import { layerWeights } from '../network/layerWeights';
import { buildLoadedNetwork } from './buildLoadedNetwork';
import { findModelJson, isObject } from './findModelJson';
import type { ImportReport } from './importReport';
import { modelUnreadable } from './modelUnreadable';
import type { NamedBytes } from './packModelFiles';
import { readWeights } from './readWeights';

/** A network as its files hold it, before the lab brings it into its own form. */
export interface OpenedNetwork {
  /** The file that describes the network. */
  path: string;
  network: LayersModel;
  name: string;
  report: ImportReport;
  /** All files, with those of archives that hold a tfjs model. */
  files: NamedBytes[];
}

/** How a network is opened, where its files do not say it. */
export interface OpenOptions {
  /** Side of the images, where the files do not say it. */
  imageSize?: number;
  /** Takes the questions that the files leave open. */
  asker: Asker;
}

/**
 * Opens a network: a PyTorch checkpoint, safetensors, a Keras file, or a tfjs layers model.
 *
 * @throws LabError `model-unreadable`
 */
export async function openNetwork(files: NamedBytes[], options: OpenOptions): Promise<OpenedNetwork> {
  try {
    return await openByContent(files, options);
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    throw modelUnreadable(
      files.map(({ path }) => path).join(', '),
      'it is damaged, or of a kind that the lab does not know',
      'Export or download it again.',
      cause,
    );
  }
}

async function openByContent(files: NamedBytes[], options: OpenOptions): Promise<OpenedNetwork> {
  const checkpoint = files.find(isCheckpoint);
  if (checkpoint) return { path: checkpoint.path, files, ...(await readCheckpoint(checkpoint, options)) };
  const keras = files.find(isKeras);
  return keras ? openKeras(keras, files, options) : openLayersModel(files, options);
}

async function openKeras(file: NamedBytes, files: NamedBytes[], options: OpenOptions): Promise<OpenedNetwork> {
  const { topology, writtenBy, weights, format, found, lines } = await readKeras(file, options.asker);
  const tensors = Object.fromEntries(
    Object.entries(weights).map(([name, { shape, values }]) => [name, tensor(values, shape)]),
  );
  const description = { path: file.path, json: { modelTopology: topology }, files };
  const settling = { ...options, writtenBy };
  const { network, repairs } = await buildLoadedNetwork(description, tensors, settling).finally(() => dispose(tensors));
  return {
    path: file.path,
    files,
    network,
    name: network.name,
    report: { format, found, lines: [...lines, ...repairs] },
  };
}

async function openLayersModel(given: NamedBytes[], options: OpenOptions): Promise<OpenedNetwork> {
  const found = await findModelJson(given);
  const weights: Record<string, Tensor> = readWeights(found);
  const names = new Set(Object.keys(weights));
  const settling = { ...options, writtenBy: writerOf(found.json) };
  const { network, repairs } = await buildLoadedNetwork(found, weights, settling).finally(() => dispose(weights));
  const withWeights = network.layers.filter((layer) => layer.weights.length > 0);
  return {
    path: found.path,
    files: found.files,
    network,
    name: network.name,
    report: {
      format: 'TensorFlow.js layers model',
      found: `A network of ${network.layers.length} layers with ${names.size} weights.`,
      lines: [
        ...withWeights.map((layer) => ({
          layer: layer.name,
          status: 'mapped' as const,
          detail: `weights ${layerWeights(layer)
            .map(({ name }) => name)
            .join(', ')}`,
        })),
        ...repairs,
      ],
    },
  };
}

/** What a layers model was first saved by, as its description says: its definitions are meant. */
function writerOf({ modelTopology, generatedBy }: Record<string, unknown>): WrittenBy | null {
  const version = isObject(modelTopology) ? modelTopology.keras_version : undefined;
  return readWrittenBy(version) ?? readWrittenBy(generatedBy);
}
