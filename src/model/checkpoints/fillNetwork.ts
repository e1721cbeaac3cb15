import { reshape, type Tensor, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import type { ImportLine } from '../files/importReport';
import { modelUnreadable } from '../files/modelUnreadable';
import { layerWeights } from '../network/layerWeights';
import { isSelection } from '../network/selection';
import { foldAdaptivePooling } from './foldAdaptivePooling';
import type { PlannedNetwork } from './foundNetwork';
import { type CheckpointPlace, misfit } from './misfit';
import type { StateDict, StateTensor } from './stateDict';

/** PyTorch's names of a layer's weights. */
const pyTorchWeights: Record<string, string> = {
  kernel: 'weight',
  depthwise_kernel: 'weight',
  bias: 'bias',
  gamma: 'weight',
  beta: 'bias',
  moving_mean: 'running_mean',
  moving_variance: 'running_var',
};

/**
 * Gives a network built for a checkpoint its weights.
 *
 * @param weights by their names in the network
 * @returns what became of every layer
 * @throws LabError `model-unreadable`: a weight is missing, of another shape, or not a number; `needs-answers` when one does
 *   not fit and questions are open
 */
export function fillNetwork(
  place: CheckpointPlace,
  network: LayersModel,
  weights: StateDict,
  planned: PlannedNetwork,
): ImportLine[] {
  const moduleOf = planned.moduleOf(network);
  return network.layers.flatMap((layer, index): ImportLine[] => {
    const slots = layerWeights(layer);
    if (slots.length === 0) return [];
    if (isSelection(layer)) {
      return [{ layer: layer.name, status: 'repaired', detail: 'a skip without weights, as a fixed 1×1 convolution' }];
    }
    const module = moduleOf.get(layer.name)!;
    const notes: string[] = [];
    tidy(() => {
      layer.setWeights(
        slots.map(({ name, shape }) => {
          const plain = plainNormValue(name, shape, module, weights);
          if (plain) notes.push(`${name} is ${name === 'gamma' ? 1 : 0}, as it has no weights`);
          const found = plain ?? findTensor(place.path, weights, `${module}.${pyTorchWeights[name]}`);
          const maps = name === 'kernel' ? flattenedMaps(network, index) : null;
          const value = maps ? rowsOfMaps(found, maps, planned.isAdaptive, notes) : arrange(name, found);
          if (value?.shape.join() === shape.join()) return value;
          throw misfit(
            place,
            `"${module}.${pyTorchWeights[name]}" is [${found.shape.join(', ')}], which does not fit "${layer.name}" [${shape.join(', ')}]`,
          );
        }),
      );
    });
    const detail = [module === layer.name ? 'same name' : `from "${module}"`, ...notes].join('; ');
    return [{ layer: layer.name, status: notes.length > 0 ? 'repaired' : 'mapped', detail }];
  });
}

/** Scale 1 and shift 0 for a BatchNorm without weights (`affine=False`); null for any other weight. */
function plainNormValue(name: string, shape: number[], module: string, weights: StateDict): StateTensor | null {
  const isAffine = weights.has(`${module}.weight`) || weights.has(`${module}.bias`);
  if (isAffine || (name !== 'gamma' && name !== 'beta')) return null;
  return { shape, values: new Float32Array(shape[0]!).fill(name === 'gamma' ? 1 : 0) };
}

function findTensor(path: string, weights: StateDict, name: string): StateTensor {
  const found = weights.get(name);
  if (!found) throw modelUnreadable(path, `the weight "${name}" is missing`, 'Save all of the network’s weights.');
  const position = firstNonFinite(found.values);
  if (position < 0) return found;
  throw modelUnreadable(
    path,
    `the weight "${name}" holds ${found.values[position]} at position ${position}`,
    'Its training has probably diverged. Load an earlier state of it.',
  );
}

/** A plain loop: it goes over every number of the file. @returns -1 when all are finite */
function firstNonFinite(values: Float32Array): number {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) return at;
  return -1;
}

/**
 * PyTorch's layout to tfjs': [out, in, height, width] to [height, width, in, out], or for depthwise kernels
 * [out, 1, height, width] to [height, width, out, 1]; [out, in] to [in, out].
 */
function arrange(weight: string, { shape, values }: StateTensor): Tensor {
  const value = tensor(values, shape);
  if (shape.length === 4) return transpose(value, weight === 'depthwise_kernel' ? [2, 3, 0, 1] : [2, 3, 1, 0]);
  return shape.length === 2 ? transpose(value) : value;
}

/** The maps [height, width, channels] that a dense layer reads through the flattening right before it. */
function flattenedMaps(network: LayersModel, index: number): number[] | null {
  const before: layers.Layer | undefined = network.layers[index - 1];
  if (before?.getClassName() !== 'Flatten') return null;
  return (before.input as { shape: (number | null)[] }).shape.slice(1).map((side) => side ?? 0);
}

/**
 * Rows in PyTorch's order (channel, height, width) to tfjs' (height, width, channel). Where maps of another size are
 * averaged to that which the rows are for, the average is taken into the weights.
 *
 * @returns null when the rows are for maps of another size that nothing averages
 */
function rowsOfMaps(
  { shape, values }: StateTensor,
  [height = 0, width = 0, channels = 0]: number[],
  isAdaptive: boolean,
  notes: string[],
): Tensor | null {
  const [units = 0, inputs = 0] = shape;
  const side = Math.sqrt(inputs / channels);
  const isSame = height === side && width === side;
  if (!Number.isInteger(side) || !(isSame || isAdaptive)) return null;
  const cells = tensor(values, [units, channels, side, side]);
  if (!isSame) {
    notes.push(`the average pooling of ${height}×${width} maps to ${side}×${side} was taken into its weights`);
  }
  const fitted = isSame ? cells : foldAdaptivePooling(cells, height, width);
  return reshape(transpose(fitted, [2, 3, 1, 0]), [-1, units]);
}
