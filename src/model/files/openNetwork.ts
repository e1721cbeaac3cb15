import { dispose, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { LabError } from '../../foundation/labError';
import type { Asker } from '../../foundation/openQuestion';
import { readCheckpoint } from '../checkpoints/readCheckpoint';
import type { KerasModel } from '../keras/kerasModel';
import { readKeras } from '../keras/readKeras';
import { readWrittenBy, type WrittenBy } from '../layerSettings/writtenBy';
import { layerWeights } from '../network/layerWeights';
import { isOnnx, readOnnx } from '../onnx/readOnnx';
import { buildLoadedNetwork } from './buildLoadedNetwork';
import { findModelJson, isObject } from './findModelJson';
import { foldGroupLayers } from './foldGroupLayers';
import type { ImportReport } from './importReport';
import { type ModelFileKind, modelFileKind } from './modelFileKind';
import { modelUnreadable } from './modelUnreadable';
import { openZip } from './openZip';
import type { NamedBytes } from './packModelFiles';
import { readWeights } from './readWeights';
import { refuseForeignFile } from './refuseForeignFile';

/** A network as its files hold it, before the lab brings it into its own form. */
export interface OpenedNetwork {
  /** The file that describes the network. */
  path: string;
  network: LayersModel;
  /** The same with its networks inside, as tfjs itself loads it; null when there are none, or tfjs cannot load it. */
  plain: LayersModel | null;
  name: string;
  /** What was changed, in words. */
  changes: string[];
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
 * Opens a network: a PyTorch checkpoint, safetensors, a Keras or ONNX file, or a tfjs layers model.
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

async function openByContent(given: NamedBytes[], options: OpenOptions): Promise<OpenedNetwork> {
  const files = await unpackZips(given);
  const chosen = chooseFile(files, options.asker);
  if (chosen?.kind === 'keras')
    return openDescribed(chosen, { files, ...(await readKeras(chosen, options.asker)) }, options);
  if (chosen?.kind === 'onnx') return openDescribed(chosen, await readOnnx(chosen, files, options), options);
  if (chosen) {
    const read = await readCheckpoint(chosen, options);
    return { path: chosen.path, files, plain: null, changes: [], ...read };
  }
  return openLayersModel(files, options);
}

interface SortedFile extends NamedBytes {
  kind: ModelFileKind;
}

/** Files with their kinds, those in plain zips in the zips' place. */
async function unpackZips(given: NamedBytes[]): Promise<SortedFile[]> {
  const sorted = await sortByContent(given);
  const inner = await Promise.all(
    sorted.map(async (file) => (file.kind === 'zip' ? sortByContent(await openZip(file)) : [file])),
  );
  const files = inner.flat();
  for (const file of files) if (file.kind === 'other') refuseForeignFile(file, files);
  return files.map((file) => (file.kind === 'other' && isOnnx(file) ? { ...file, kind: 'onnx' } : file));
}

function sortByContent(files: NamedBytes[]): Promise<SortedFile[]> {
  return Promise.all(
    files.map(async ({ path, bytes }) => ({ path, bytes, kind: await modelFileKind({ path, bytes }) })),
  );
}

/** The file that holds the network; undefined when it is in several, as tfjs layers models are. */
function chooseFile(files: SortedFile[], asker: Asker): SortedFile | undefined {
  const whole = files.filter(({ kind }) => kind !== 'other' && kind !== 'zip');
  if (whole.length < 2) return whole[0];
  const names = whole.map((file) => file.path).join(', ');
  const path = asker.askFirst(names, {
    key: 'file',
    question: 'Which of the files holds the network?',
    choices: whole.map((file) => ({ value: file.path, label: file.path })),
  });
  return whole.find((file) => file.path === path);
}

/** Builds a network from its description in Keras' words and its weights as arrays. */
async function openDescribed(
  file: NamedBytes,
  { topology, writtenBy, weights, format, found, lines, files }: KerasModel & { files: NamedBytes[] },
  options: OpenOptions,
): Promise<OpenedNetwork> {
  const tensors = Object.fromEntries(
    Object.entries(weights).map(([name, { shape, values }]) => [name, tensor(values, shape)]),
  );
  const description = { path: file.path, json: { modelTopology: topology }, files };
  const settling = { ...options, writtenBy };
  const built = await buildLoadedNetwork(description, tensors, settling).finally(() => dispose(tensors));
  const { network, plain, changes, places } = built;
  const nameAt = new Map([...places].map(([name, place]) => [place.join('/'), name]));
  const placed = lines.map((line) => ({ ...line, layer: nameAt.get(line.layer) ?? line.layer }));
  return {
    path: file.path,
    files,
    network,
    plain,
    name: network.name,
    changes,
    report: { format, found, lines: [...placed, ...built.lines] },
  };
}

async function openLayersModel(files: NamedBytes[], options: OpenOptions): Promise<OpenedNetwork> {
  const written = findModelJson(files);
  const weights: Record<string, Tensor> = readWeights(written);
  const found = await foldGroupLayers(written, weights).catch((error: unknown) => {
    dispose(weights);
    throw error;
  });
  const names = new Set(Object.keys(weights));
  const settling = { ...options, writtenBy: writerOf(found.json) };
  const built = await buildLoadedNetwork(found, weights, settling).finally(() => dispose(weights));
  const { network, plain, changes, lines } = built;
  const withWeights = network.layers.filter((layer) => layer.weights.length > 0);
  return {
    path: found.path,
    files: found.files,
    network,
    plain,
    name: network.name,
    changes,
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
        ...lines,
      ],
    },
  };
}

/** What a layers model was first saved by, as its description says: its definitions are meant. */
function writerOf({ modelTopology, generatedBy }: Record<string, unknown>): WrittenBy | null {
  const version = isObject(modelTopology) ? modelTopology.keras_version : undefined;
  return readWrittenBy(version) ?? readWrittenBy(generatedBy);
}
