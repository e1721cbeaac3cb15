import { reshape, type Tensor, type Tensor2D, type Tensor4D, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { model as functionalModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { LabError } from '../foundation/labError';
import type { LabModel } from './labModel';
import { takesGroup } from './network/groupInput';
import { nameOutputs, readClassLogits } from './readout';
import type { LayerTap } from './tapLayer';

/** A batch of n images, as a network takes it. */
export interface ModelInput {
  /** float32 [n, size, size, channels], preprocessed. */
  images: Tensor4D;
  /** Group of each image; null where it is not known. */
  groups: ArrayLike<number> | null;
}

/** What is wanted of a forward pass. */
export interface Wanted {
  /** Class logits; left out: no. */
  classLogits?: boolean;
  /** Layers whose maps are wanted, as `tapLayer` finds them. */
  maps?: readonly LayerTap[];
}

/** What a forward pass gives. All tensors belong to the caller. */
export interface ModelPass {
  /** [n, classes]; null when they were not wanted. */
  classLogits: Tensor2D | null;
  /** [n, mapHeight, mapWidth, channels] of each layer wanted, in their order. */
  maps: Tensor4D[];
}

/** Networks that share a network's weights and end at what is wanted, by what that is. They own nothing. */
const readersByNetwork = new WeakMap<LayersModel, Map<string, LayersModel>>();

/**
 * One forward pass in inference mode: the one way in which a model is run outside training. Nothing is computed behind the last
 * thing wanted: maps of an early layer do not cost the whole network.
 *
 * @throws LabError `group-unknown` when the network needs the groups and they are null; `method-not-found`
 */
export function runModel(model: LabModel, input: ModelInput, wanted: Wanted): ModelPass {
  const { classLogits: wantsLogits = false, maps: taps = [] } = wanted;
  if (!wantsLogits && taps.length === 0) return { classLogits: null, maps: [] };
  const found = tidy(() => {
    const groups = input.groups && tensor1d(Int32Array.from(input.groups), 'int32');
    const reader = readerOf(model.network, wantsLogits, taps);
    // predictOnBatch frees each layer's output as soon as it has been read; apply would hold all of them.
    const values = [reader.predictOnBatch(networkInputs(model, input.images, groups))].flat() as Tensor[];
    const asked = taps.map((tap, index) => asMaps(tap, values[index]!));
    if (!wantsLogits) return asked;
    return [readClassLogits(model, nameOutputs(model, values.slice(taps.length)), groups), ...asked];
  });
  const classLogits = wantsLogits ? (found.shift() as Tensor2D) : null;
  return { classLogits, maps: found as Tensor4D[] };
}

/** The class logits of a batch, [n, classes], of {@link runModel}; they belong to the caller. */
export function predictBatch(model: LabModel, input: ModelInput): Tensor2D {
  return runModel(model, input, { classLogits: true }).classLogits!;
}

/** The maps of one layer, [n, mapHeight, mapWidth, channels], of {@link runModel}; they belong to the caller. */
export function readMaps(model: LabModel, input: ModelInput, tap: LayerTap): Tensor4D {
  return runModel(model, input, { maps: [tap] }).maps[0]!;
}

/**
 * What a network is given: the images, and the groups as int32 [n, 1] where it takes them.
 * @throws LabError `group-unknown`
 */
export function networkInputs(model: LabModel, images: Tensor4D, groups: Tensor | null): Tensor | Tensor[] {
  if (!takesGroup(model.network)) return images;
  if (groups) return [images, reshape(groups, [-1, 1])];
  throw groupUnknown(model);
}

/** For a network that needs the group of every image. @param given a name that is none of its groups; undefined where none is known */
export function groupUnknown({ name, groupInput }: Pick<LabModel, 'name' | 'groupInput'>, given?: string): LabError {
  const why = given === undefined ? 'the group is not known here' : `"${given}" is none of its groups`;
  return new LabError({
    code: 'group-unknown',
    message: `"${name}" needs the group of every image to predict its class, and ${why}.`,
    hint: groupInput
      ? `Say which group the images are of: ${groupInput.names.join(' or ')}.`
      : 'Use images whose group is known.',
  });
}

function readerOf(network: LayersModel, wantsLogits: boolean, taps: readonly LayerTap[]): LayersModel {
  if (wantsLogits && taps.length === 0) return network;
  const key = JSON.stringify([wantsLogits, ...taps.map(({ layer }) => layer.name)]);
  const known = readersByNetwork.get(network) ?? new Map<string, LayersModel>();
  readersByNetwork.set(network, known);
  const outputs = [...taps.map(({ layer }) => layer.output), ...(wantsLogits ? network.outputs : [])].flat();
  const reader = known.get(key) ?? functionalModel({ inputs: network.inputs, outputs });
  known.set(key, reader);
  return reader;
}

function asMaps({ mapHeight, mapWidth, channels }: LayerTap, values: Tensor): Tensor4D {
  return values.rank === 4 ? (values as Tensor4D) : reshape(values, [-1, mapHeight, mapWidth, channels]);
}
