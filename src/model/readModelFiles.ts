import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelId } from '../foundation/ids';
import { plainFits } from '../foundation/imageFit';
import { type Answers, type Asker, createAsker } from '../foundation/openQuestion';
import { compareOutputs } from './compareOutputs';
import { contentId } from './files/contentId';
import { baseName, mostJsonBytes, parseObject } from './files/findModelJson';
import { type ModelManifest, modelManifestSchema } from './files/modelManifest';
import { modelUnreadable } from './files/modelUnreadable';
import { type OpenedNetwork, openNetwork } from './files/openNetwork';
import type { NamedBytes } from './files/packModelFiles';
import { type FoundLabels, readLabels } from './files/readLabels';
import { type ChannelCount, channelCounts, type GroupInput, type LabModel, type PixelScale } from './labModel';
import { openWeightMasks } from './masks/openWeightMasks';
import { methodTraits } from './methodTraits';
import { disposeNetwork } from './network/disposeNetwork';
import { expectedPixels } from './network/expectedPixels';
import { findEnd } from './network/findEnd';
import { GroupBatchNormalization } from './network/groupBatchNormalization';
import { takesGroup } from './network/groupInput';
import { networkCost } from './network/layerCost';
import { normalizeTopology } from './normalizeTopology';
import { channelCount, greyFormula, presetScale, teachableMachineScale } from './preprocessing';

/** How the user says that a network is to be used, where its files do not. */
export interface ReadOptions {
  /** Id of the model to make; by default one that stands for the content of the files. */
  id?: ModelId;
  /** Side of the images, for checkpoints and networks that take any: they do not say it. */
  imageSize?: number;
  /** What the user has said of what the files leave open. */
  answers?: Answers;
}

/** A model, and what its user may still have to know of its files. */
export interface ReadModel {
  model: LabModel;
  /** All files, with those of archives that hold a network. */
  files: NamedBytes[];
  /** Whether the files do not say how pixels go in. */
  pixelsAreAssumed: boolean;
}

/** The model alone, as {@link readModelWithFiles} reads it. */
export async function readModelFiles(files: NamedBytes[], options: ReadOptions = {}): Promise<LabModel> {
  return (await readModelWithFiles(files, options)).model;
}

/**
 * Reads a network: a zip that the lab exported, a tfjs or Keras layers model in one file or several, a PyTorch checkpoint
 * or safetensors. Without `lab.json` the classes are numbered, and how pixels go in is assumed. What was found, changed and
 * assumed is in the model's `importReport` and `notes`.
 *
 * @throws LabError `model-unreadable`; `needs-answers` when the files leave open what the numbers depend on
 */
export async function readModelWithFiles(files: NamedBytes[], options: ReadOptions = {}): Promise<ReadModel> {
  const asker = createAsker(options.answers);
  const opened = await openNetwork(files, { imageSize: options.imageSize, asker });
  const { network, plain, changes, lost } = normalize(opened);
  try {
    const manifest = readManifest(opened.files, network);
    const ends = checkEnds(opened.path, network, manifest?.content.groupInput ?? null);
    if (manifest) checkManifest(manifest, network, ends);
    const isCompared = plain === null || (await compareOutputs(opened.path, plain, { network, lost }));
    const known = manifest?.content ?? describeUnknown(opened, network, ends, asker);
    asker.requireAnswers(opened.path);
    const { name, preprocessing, classNames, originalChannels, silenced, prunedFrom, trainedOn } = known;
    const { weightMasks, notes: unheld } = await openWeightMasks('lab.json', network, known.weightMasks ?? [], {
      isTranslated: !opened.path.endsWith('.json'),
    });
    const notes = [...(known.notes ?? []), ...changes, ...(isCompared ? [] : [notCompared]), ...unheld];
    const assumed = asker.answered();
    const said = [
      ...(options.imageSize === undefined ? [] : [`image-size=${options.imageSize}`]),
      ...assumed.map(({ key, value }) => `${key}=${value}`),
    ];
    const model: LabModel = {
      id: options.id ?? (await contentId(name, opened.files, said)),
      name,
      network,
      preprocessing,
      classNames,
      originalChannels,
      ...methodTraits(known),
      ...(silenced && { silenced }),
      ...(weightMasks.length > 0 && { weightMasks }),
      ...(prunedFrom && { prunedFrom }),
      ...(trainedOn && { trainedOn }),
      notes,
      importReport:
        manifest?.content.importReport ??
        (manifest ? undefined : { ...opened.report, ...(assumed.length > 0 && { assumed }) }),
    };
    return { model, files: opened.files, pixelsAreAssumed: manifest === null };
  } catch (error) {
    disposeNetwork(network);
    throw error;
  } finally {
    if (plain) disposeNetwork(plain);
  }
}

/** The network in the lab's form, and what it was before, to compare with; null when nothing was rewritten. */
function normalize({ path, network, plain, changes }: OpenedNetwork) {
  try {
    const normal = normalizeTopology(network);
    const isRewritten = normal.network !== network;
    if (isRewritten && plain) disposeNetwork(network);
    return { ...normal, changes: [...changes, ...normal.changes], plain: plain ?? (isRewritten ? network : null) };
  } catch (cause) {
    disposeNetwork(network);
    if (plain) disposeNetwork(plain);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw modelUnreadable(
      path,
      `its layers cannot be brought into the lab's form (${why})`,
      'Export a simpler network.',
      cause,
    );
  }
}

const greyPixels = `images are turned to grey (${greyFormula}), `;

function describeUnknown(
  opened: OpenedNetwork,
  network: LayersModel,
  { imageSize, channels, classCount }: NetworkEnds,
  asker: Asker,
): Omit<LabModel, 'id' | 'network'> {
  const labels = readLabels(opened, classCount);
  const [scale, pixels] = assumePixels(opened, network, { labels, channels, asker });
  const named = labels.source ? `named by ${labels.source}` : 'numbered';
  return {
    name: labels.modelName ?? opened.name,
    preprocessing: {
      imageSize,
      ...scale,
      ...(labels.teachableMachine && { imageFit: plainFits.crop }),
    },
    classNames: labels.classNames ?? Array.from({ length: classCount }, (_, index) => `class ${index}`),
    originalChannels: {},
    notes: [
      `There is no lab.json: the classes are ${named}, ${channels === 1 ? greyPixels : ''}and ${pixels}.`,
      ...labels.notes,
    ],
  };
}

/** How pixels go in, and why, in words. */
function assumePixels(
  { report }: OpenedNetwork,
  network: LayersModel,
  { labels, channels, asker }: { labels: FoundLabels; channels: ChannelCount; asker: Asker },
): [PixelScale, string] {
  const cropped = 'which also crops images to the square in their middle';
  if (labels.teachableMachine === 'tfjs') {
    return [
      teachableMachineScale(channels),
      `pixels are scaled as the web library of Teachable Machine does (pixel / 127 - 1), ${cropped}`,
    ];
  }
  if (labels.teachableMachine === 'keras') {
    return [
      presetScale('symmetric', channels),
      `pixels are scaled as the Keras code of Teachable Machine does (pixel / 127.5 - 1; its web library divides by 127), ${cropped}`,
    ];
  }
  if (/PyTorch|safetensors/.test(report.format) && channels === 3) {
    return [presetScale('imagenet'), 'pixels are scaled as torchvision does for ImageNet'];
  }
  if (expectedPixels(network, asker) === 'bytes') {
    return [presetScale('bytes', channels), 'pixels go in as 0 … 255, because the network scales them itself'];
  }
  return [presetScale('unit', channels), 'pixels are scaled to 0 … 1'];
}

const notCompared =
  'The rewritten network could not be compared with the one in the files: TensorFlow.js computes no numbers with that.';

/** What goes into a network, and what comes out. */
interface NetworkEnds {
  imageSize: number;
  channels: ChannelCount;
  classCount: number;
}

/** @param groupInput what the lab's own file says of a second input; null where there is none */
function checkEnds(path: string, network: LayersModel, groupInput: GroupInput | null): NetworkEnds {
  const [input, ...others] = network.inputs;
  const moreInputs = groupInput && takesGroup(network) ? [] : others;
  const [output, ...moreOutputs] = network.outputs;
  const [, height, width, colours] = input!.shape;
  const channels = channelCounts.find((count) => count === colours);
  if (moreInputs.length > 0 || input!.shape.length !== 4 || !channels || !height || height !== width) {
    const shapes = network.inputs.map(({ shape }) => `[${shape.map((side) => side ?? '?').join(', ')}]`).join(' and ');
    throw modelUnreadable(
      path,
      `its input is ${shapes}`,
      'The lab needs one input of square images of a fixed size, in colour or grey: [?, side, side, 3] or [?, side, side, 1].',
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
  const end = findEnd(network);
  if (['sigmoid', 'hardSigmoid'].includes(end.activation)) {
    throw modelUnreadable(
      path,
      `it ends in a sigmoid ("${end.layer.name}"), so that its outputs are no logits of classes that exclude one another`,
      'Export the network without its last activation.',
    );
  }
  return { imageSize: height, channels, classCount };
}

/** The lab's own file beside the network, if there is one. */
interface FoundManifest {
  path: string;
  content: ModelManifest;
}

/** Masks take a bit per weight in base64, beside all else that is in `lab.json`. */
function mostManifestBytes(network: LayersModel): number {
  return mostJsonBytes + Math.ceil(networkCost(network).parameters / 6);
}

function readManifest(files: NamedBytes[], network: LayersModel): FoundManifest | null {
  const file = files.find(({ path }) => baseName(path) === 'lab.json');
  if (!file) return null;
  const parsed = modelManifestSchema.safeParse(parseObject(file, mostManifestBytes(network)));
  if (parsed.success) return { path: file.path, content: parsed.data };
  const issue = parsed.error.issues[0]!;
  throw modelUnreadable(
    file.path,
    `"${issue.path.join('.') || 'top level'}": ${issue.message}`,
    'Correct this field, or leave lab.json out.',
  );
}

/** @throws LabError `model-unreadable` when the lab's own file tells of another network */
function checkManifest({ path, content }: FoundManifest, network: LayersModel, ends: NetworkEnds): void {
  const { preprocessing, classNames, groupInput } = content;
  const { imageSize, channels, classCount } = ends;
  const refuse = (what: string) =>
    modelUnreadable(path, what, 'The file belongs to another model. Give the right one, or leave it out.');
  const found = channelCount(preprocessing);
  if (found !== channels) throw refuse(`it tells of images with ${found} channels, but the network takes ${channels}`);
  if (preprocessing.imageSize !== imageSize || classNames.length !== classCount) {
    throw refuse(
      `it tells of ${preprocessing.imageSize}-pixel images and ${classNames.length} classes, but the network takes ${imageSize} pixels and gives ${classCount} classes`,
    );
  }
  const groupCount = groupInput?.names.length ?? 0;
  const ofNetwork = takesGroup(network) ? groupCountOf(network) : 0;
  if (groupCount !== (ofNetwork ?? groupCount))
    throw refuse(`it tells of ${groupCount} groups, but the network tells ${ofNetwork} apart`);
}

/** How many groups the layers of a network tell apart; null where none does. */
function groupCountOf({ layers }: LayersModel): number | null {
  return layers.find((layer) => layer instanceof GroupBatchNormalization)?.groupCount ?? null;
}
