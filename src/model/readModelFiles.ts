import { dispose } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelId } from '../foundation/ids';
import { buildLoadedNetwork } from './files/buildLoadedNetwork';
import { contentId } from './files/contentId';
import { baseName, type FoundModel, findModelJson, parseObject } from './files/findModelJson';
import { type ModelManifest, modelManifestSchema } from './files/modelManifest';
import { modelUnreadable } from './files/modelUnreadable';
import type { NamedBytes } from './files/packModelFiles';
import { readWeights } from './files/readWeights';
import type { LabModel } from './labModel';
import { layerOption } from './network/layerOptions';
import { normalizeTopology } from './normalizeTopology';

/**
 * Reads a layers model: a zip that the lab exported, or `model.json` with its weight files in any folders. Without
 * `lab.json` the classes are numbered and pixels go in as 0 … 1. What was changed or assumed is in the model's `notes`.
 *
 * @param id of the model to make; by default one that stands for the content of the files
 * @throws LabError `model-unreadable`
 */
export async function readModelFiles(files: NamedBytes[], id?: ModelId): Promise<LabModel> {
  const found = findModelJson(files);
  const weights = readWeights(found);
  const loaded = await buildLoadedNetwork(found, weights).finally(() => dispose(weights));
  const { network, changes } = normalizeTopology(loaded);
  if (network !== loaded) loaded.dispose();
  try {
    const { imageSize, classCount } = checkEnds(found.path, network);
    const known = readManifest(found, imageSize, classCount) ?? describeUnknown(network.name, imageSize, classCount);
    const { name, preprocessing, classNames, originalChannels, silenced } = known;
    const notes = [...(known.notes ?? []), ...changes];
    return {
      id: id ?? contentId(name, found.files),
      name,
      network,
      preprocessing,
      classNames,
      originalChannels,
      ...(silenced && { silenced }),
      notes,
    };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

function describeUnknown(name: string, imageSize: number, classCount: number): Omit<LabModel, 'id' | 'network'> {
  return {
    name,
    preprocessing: { imageSize, mean: [0, 0, 0], std: [1, 1, 1] },
    classNames: Array.from({ length: classCount }, (_, index) => `class ${index}`),
    originalChannels: {},
    notes: ['There is no lab.json: the classes are numbered, and pixels are scaled to 0 … 1.'],
  };
}

/** Size of the input and number of outputs. */
function checkEnds(path: string, network: LayersModel): { imageSize: number; classCount: number } {
  const [input, ...moreInputs] = network.inputs;
  const [output, ...moreOutputs] = network.outputs;
  const [, height, width, colours] = input!.shape;
  if (moreInputs.length > 0 || input!.shape.length !== 4 || colours !== 3 || !height || height !== width) {
    const shapes = network.inputs.map(({ shape }) => `[${shape.map((side) => side ?? '?').join(', ')}]`).join(' and ');
    throw modelUnreadable(
      path,
      `its input is ${shapes}`,
      'The lab needs one input of square colour images of a fixed size: [?, side, side, 3].',
    );
  }
  const classCount = output!.shape[1];
  if (moreOutputs.length > 0 || output!.shape.length !== 2 || !classCount || classCount < 2) {
    const shapes = network.outputs.map(({ shape }) => `[${shape.map((side) => side ?? '?').join(', ')}]`).join(' and ');
    throw modelUnreadable(
      path,
      `its output is ${shapes}`,
      'The lab needs one output per class, and at least 2 classes.',
    );
  }
  if (layerOption(output!.sourceLayer, 'activation') === 'sigmoid') {
    throw modelUnreadable(
      path,
      'it ends in a sigmoid, so that its outputs are no logits of classes that exclude one another',
      'Export the network without its last activation.',
    );
  }
  return { imageSize: height, classCount };
}

function readManifest({ files }: FoundModel, imageSize: number, classCount: number): ModelManifest | null {
  const file = files.find(({ path }) => baseName(path) === 'lab.json');
  if (!file) return null;
  const parsed = modelManifestSchema.safeParse(parseObject(file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw modelUnreadable(
      file.path,
      `"${issue.path.join('.') || 'top level'}": ${issue.message}`,
      'Correct this field, or leave lab.json out.',
    );
  }
  const { preprocessing, classNames } = parsed.data;
  if (preprocessing.imageSize !== imageSize || classNames.length !== classCount) {
    throw modelUnreadable(
      file.path,
      `it tells of ${preprocessing.imageSize}-pixel images and ${classNames.length} classes, but the network takes ${imageSize} pixels and gives ${classCount} classes`,
      'The file belongs to another model. Give the right one, or leave it out.',
    );
  }
  return parsed.data;
}
