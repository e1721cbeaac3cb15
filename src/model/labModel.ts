import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelId } from '../foundation/ids';
import type { ImageFit } from '../foundation/imageFit';
import type { ArchitecturePlan } from './architectures/architecturePlan';
import type { ImportReport } from './files/importReport';
import type { WeightMask } from './masks/weightMask';
import type { PreprocessingPreset } from './preprocessingPresetNames';
import type { TrainingData } from './trainingData';

/** How many channels an image has as a network's input: red, green and blue, or grey alone. */
export const channelCounts = [3, 1] as const;
export type ChannelCount = (typeof channelCounts)[number];

/** How pixels (0 … 255) become the network's input: (pixel / 255 - mean) / std, per channel. */
export type PixelScale = ColourScale | GreyScale;

/** Three channels. Mean and std are those of red, green and blue, as shares of 255. */
export interface ColourScale {
  mean: [number, number, number];
  std: [number, number, number];
  /** The order in which the network takes the colours of a pixel; red, green, blue when left out. */
  channelOrder?: 'rgb' | 'bgr';
}

/** One channel, the luminance of a pixel: see `preprocessing.ts`. */
export interface GreyScale {
  mean: [number];
  std: [number];
  channelOrder: 'grey';
}

/** How an image becomes the network's input: a square, and how its pixels are scaled and ordered. */
export type Preprocessing = PixelScale & {
  imageSize: number;
  /** How images of other shapes became squares where the network was trained; left out when it is not known. */
  imageFit?: ImageFit;
};

/** How a model is to be used and called; what is left out stays as it is. */
export interface ModelUse {
  name?: string;
  /** By a preset's name, which is taken for the channels that the network has, or in full. */
  preprocessing?: PreprocessingPreset | PixelScale;
  imageFit?: ImageFit;
  /** One per output, in their order. */
  classNames?: string[];
}

/** How a model is trained: a method of the registry in `methods/`, with its settings, as plain data. */
export interface MethodChoice {
  id: string;
  settings: Readonly<Record<string, unknown>>;
  /** The frozen network that the method compares with, where it needs one. */
  teacherId?: ModelId;
}

/** The groups that a network with a group input tells apart: 0, 1, … in this order. */
export interface GroupInput {
  /** What the groups are of, such as `skin`. */
  attribute: string;
  names: string[];
}

/** What a method adds to a model, beside its weights; kept with it wherever it goes. */
export interface MethodTraits {
  /** What the model was trained by, and is fine-tuned by; absent for cross-entropy alone and for foreign networks. */
  method?: MethodChoice;
  /** Present when the forward pass depends on the group: the network's second input. */
  groupInput?: GroupInput;
  /** Names of the network's outputs; absent when it has one, the class logits. */
  outputNames?: string[];
  /** Whose readout makes class logits of the outputs; absent when they are the output `logits` itself. */
  readout?: { id: string; settings: Readonly<Record<string, unknown>> };
}

/** A layers model with what the lab needs to use it. Logits out, no softmax. */
export interface LabModel extends MethodTraits {
  id: ModelId;
  name: string;
  network: LayersModel;
  preprocessing: Preprocessing;
  classNames: string[];
  /** Original index of every channel still there, per pruned layer. Layers not listed are whole. */
  originalChannels: Record<string, number[]>;
  /** Slices that masks hold at zero; absent when there are none. */
  silenced?: SilencedSlices[];
  /** Single elements of weights that are held at zero, one mask per weight; absent when there are none. */
  weightMasks?: WeightMask[];
  /** The model that channels were taken from to make this one. */
  prunedFrom?: ModelOrigin;
  /** Absent when the lab does not know it: it did not train the network. */
  trainedOn?: TrainingData;
  /** What was changed or assumed when the model was read from files, in words. */
  notes?: string[];
  /** What was found in the files that the model was read from, layer by layer. */
  importReport?: ImportReport;
}

/** The model before: to go on with it is to undo the pruning. */
export interface ModelOrigin {
  id: ModelId;
  name: string;
}

/** The architectures that can be trained from scratch. */
export const architectureNames = ['small-cnn', 'vgg11', 'vgg11-bn', 'resnet18'] as const;
export type ArchitectureName = (typeof architectureNames)[number];
export const architectureLabels: Record<ArchitectureName, string> = {
  'small-cnn': 'Small CNN',
  vgg11: 'VGG-11',
  'vgg11-bn': 'VGG-11-BN',
  resnet18: 'ResNet-18',
};

/** What stands between the last maps of VGG and the logits. */
export const headKinds = ['average', 'dense'] as const;
export type HeadKind = (typeof headKinds)[number];
/** Architectures that are published with a dense head. */
export const hasDenseHead = (name: ArchitectureName): boolean => name === 'vgg11' || name === 'vgg11-bn';

/** What a network is built for. */
interface ArchitectureUse {
  imageSize: number;
  /** 1 for a network of grey images; 3 when left out. */
  channels?: ChannelCount;
  classCount: number;
  seed: number;
}

/** A published architecture, at a width. */
export interface PublishedArchitecture extends ArchitectureUse {
  name: ArchitectureName;
  /** Multiplies every channel count; 1 is the published width. */
  widthMultiplier: number;
  /** VGG's end: the average of each map, the default, or torchvision's dense layers with dropout between them. */
  head?: HeadKind;
}

/** An architecture of one's own. */
export interface PlannedArchitecture extends ArchitectureUse {
  plan: ArchitecturePlan;
}

export type ArchitectureSpec = PublishedArchitecture | PlannedArchitecture;

/** What a model can be exported for. */
export const exportFormats = ['tfjs', 'pytorch', 'onnx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A model as bytes: what is stored, exported and sent. The weights are concatenated float32, little endian. */
export interface SerializedModel extends MethodTraits {
  id: ModelId;
  name: string;
  /** `modelTopology` of a tfjs layers model. */
  topology: object;
  weightSpecs: { name: string; shape: number[]; dtype: 'float32' }[];
  weights: ArrayBuffer;
  preprocessing: Preprocessing;
  classNames: string[];
  originalChannels: Record<string, number[]>;
  silenced?: SilencedSlices[];
  weightMasks?: WeightMask[];
  prunedFrom?: ModelOrigin;
  trainedOn?: TrainingData;
  notes?: string[];
  importReport?: ImportReport;
}

/**
 * What becomes of chosen channels. Two modes remove them: `tail` with everything that they flow into (where they meet
 * others in an addition, only the channels that stay are let in), `stage` with all channels that an addition ties them to.
 * Two only silence them: `branch-zero` zeroes kernel, bias and BatchNorm up to the next addition, `kernel-mask` the kernel
 * alone, as the published code does.
 */
export const pruningModes = ['tail', 'stage', 'branch-zero', 'kernel-mask'] as const;
export type PruningMode = (typeof pruningModes)[number];
/** The modes after which there are fewer channels. */
export type RemovingMode = 'tail' | 'stage';
export const isRemoving = (mode: PruningMode): mode is RemovingMode => mode === 'tail' || mode === 'stage';

/** Channels to take from each layer, as positions in the layer as it is now. */
export type PruningTargets = Readonly<Record<string, readonly number[]>>;

/** What pruning changes, layer by layer, before anything is changed. */
export interface PruningPlan {
  mode: PruningMode;
  /** The layers chosen, and what they lose. */
  targets: PrunedLayer[];
  /** Every layer that the channels reach, in the order of the network. */
  layers: LayerChange[];
  /** Layers that are put in, so that an addition gets only the channels that stay. */
  selections: SelectionLayer[];
  /** Every weight that loses slices or, when channels are only silenced, has slices zeroed. */
  edits: WeightEdit[];
  parametersBefore: number;
  parametersAfter: number;
  macsBefore: number;
  macsAfter: number;
}

export interface PrunedLayer {
  layer: string;
  /** Channels that go, positions in the layer as it is now, ascending. */
  remove: number[];
  /** Channels that stay, ascending. */
  keep: number[];
}

/** What becomes of one layer. */
export interface LayerChange {
  layer: string;
  kind: string;
  /**
   * `target`: chosen; `coupled`: makes channels that have to go too; `follows`: has weights per channel; `carries`: has
   * none; `reads`: mixes the channels into others; `selects`: put in by the plan.
   */
  role: 'target' | 'coupled' | 'follows' | 'carries' | 'reads' | 'selects';
  /** The layers of the plan whose channels reach it. */
  readsFrom: string[];
  /** Channels on the last axis of its output. */
  channelsBefore: number;
  channelsAfter: number;
  parametersBefore: number;
  parametersAfter: number;
  macsBefore: number;
  macsAfter: number;
}

/** A frozen layer without bias that lets some channels through unchanged, so that plain tfjs can load the network. */
export interface SelectionLayer {
  layer: string;
  kind: 'Conv2D' | 'Dense';
  /** The layer that it reads. */
  source: string;
  /** The layer that reads it, and as which of its inputs. */
  join: string;
  operand: number;
  /** Channels that enter it: those that the source has left. */
  channelsIn: number;
  /** Positions among them that it lets through, ascending. */
  keep: number[];
}

/** One weight that loses slices along one axis, or has them zeroed. */
export interface WeightEdit {
  layer: string;
  /** Name of the weight inside the layer: `kernel`, `bias`, `gamma`, … */
  weight: string;
  axis: number;
  /** Positions kept along the axis, ascending. */
  keep: number[];
  shapeBefore: number[];
  shapeAfter: number[];
}

/** Whole slices of a weight that are zero and stay so while the model is trained. */
export interface SilencedSlices {
  layer: string;
  weight: string;
  axis: number;
  /** Positions along the axis, ascending. */
  positions: number[];
}
