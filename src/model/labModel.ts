import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelId } from '../foundation/ids';

/** How pixels (0 … 255) become the network's input: (pixel / 255 - mean) / std, per colour channel. */
export interface Preprocessing {
  imageSize: number;
  mean: [number, number, number];
  std: [number, number, number];
}

/** A layers model with what the lab needs to use it. Logits out, no softmax. */
export interface LabModel {
  id: ModelId;
  name: string;
  network: LayersModel;
  preprocessing: Preprocessing;
  classNames: string[];
  /** Original index of every channel still there, per pruned layer. Layers not listed are whole. */
  originalChannels: Record<string, number[]>;
  /** What was changed or assumed when the model was read from files, in words. */
  notes?: string[];
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

export interface ArchitectureSpec {
  name: ArchitectureName;
  imageSize: number;
  classCount: number;
  /** Multiplies every channel count; 1 is the published width. */
  widthMultiplier: number;
  seed: number;
}

/** One layer as the page and the command line show it. */
export interface LayerSummary {
  name: string;
  kind: string;
  outputShape: number[];
  parameters: number;
  /** Multiply-accumulates for one image. */
  macs: number;
  prunable: boolean;
  /** Why the layer cannot be pruned; null when it can. */
  reason: string | null;
}

export interface ModelSummary {
  id: ModelId;
  name: string;
  imageSize: number;
  classNames: string[];
  parameters: number;
  macs: number;
  /** Weight bytes (float32). */
  bytes: number;
  /** Bytes that training is expected to need at the given batch size, and that batch size. */
  trainingMemory: { bytes: number; batchSize: number };
  layers: LayerSummary[];
  /** The last prunable convolution. */
  defaultLayer: string | null;
  originalChannels: Record<string, number[]>;
  /** What was changed or assumed when the model was read from files, in words. */
  notes?: string[];
}

/** A model as bytes: what is stored, exported and sent. The weights are concatenated float32, little endian. */
export interface SerializedModel {
  id: ModelId;
  name: string;
  /** `modelTopology` of a tfjs layers model. */
  topology: object;
  weightSpecs: { name: string; shape: number[]; dtype: 'float32' }[];
  weights: ArrayBuffer;
  preprocessing: Preprocessing;
  classNames: string[];
  originalChannels: Record<string, number[]>;
  notes?: string[];
}

/** What removing channels changes, layer by layer, before anything is changed. */
export interface PruningPlan {
  layer: string;
  /** Channels to remove, positions in the layer as it is now, ascending. */
  remove: number[];
  /** Channels that stay, ascending. */
  keep: number[];
  edits: WeightEdit[];
  parametersBefore: number;
  parametersAfter: number;
  macsBefore: number;
  macsAfter: number;
}

/** One weight that loses slices along one axis. */
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
