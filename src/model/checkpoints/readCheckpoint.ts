import { reshape, type Tensor, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { guardWeights } from '../files/guardWeights';
import type { ImportLine, ImportReport } from '../files/importReport';
import { modelUnreadable } from '../files/modelUnreadable';
import type { NamedBytes } from '../files/packModelFiles';
import { layerWeights } from '../network/layerWeights';
import { isSelection } from '../network/selection';
import { foldAdaptivePooling } from './foldAdaptivePooling';
import { listModules, stripPrefixes } from './listModules';
import { type MatchedNetwork, matchPlainNet } from './matchPlainNet';
import { matchResNet } from './matchResNet';
import { type FoundCheckpoint, isPyTorch, readPyTorch } from './readPyTorch';
import { isSafetensors, readSafetensors } from './readSafetensors';
import type { StateDict, StateTensor } from './stateDict';

/** A network read from a checkpoint. */
export interface ReadCheckpoint {
  /** What the network is, in words. */
  name: string;
  network: LayersModel;
  report: ImportReport;
}

/** PyTorch's names of a layer's weights. */
const pyTorchWeights: Record<string, string> = {
  kernel: 'weight',
  bias: 'bias',
  gamma: 'weight',
  beta: 'bias',
  moving_mean: 'running_mean',
  moving_variance: 'running_var',
};

/** Side of the maps that torchvision's VGG flattens. */
const pooledSide = 7;
/** How many times larger a dense layer gets when the pooling before it is taken into its weights, up to 512 pixels. */
const spread = 6;

/** True for a PyTorch checkpoint or safetensors. */
export function isCheckpoint(file: NamedBytes): boolean {
  return isPyTorch(file) || isSafetensors(file);
}

/**
 * Reads a PyTorch checkpoint or safetensors whose weights fit an architecture that the lab knows, by names or by shapes.
 *
 * @param options.imageSize side of the images; a checkpoint does not say it. By default 224, or 32 for networks for CIFAR
 * @throws LabError `model-unreadable`: damaged, no known architecture, a weight missing, of another shape, or not a number
 */
export async function readCheckpoint(
  file: NamedBytes,
  { imageSize }: { imageSize?: number } = {},
): Promise<ReadCheckpoint> {
  const found: FoundCheckpoint = isSafetensors(file)
    ? { weights: readSafetensors(file), format: 'safetensors', place: 'in the file itself' }
    : await readPyTorch(file);
  const { weights, stripped } = stripPrefixes(found.weights);
  const match = matchNetwork(file.path, weights);
  const size = imageSize ?? match.usualImageSize;
  const numbers = [...weights.values()].reduce((sum, { values }) => sum + values.length, 0);
  const network = await buildMatched(file.path, match, size, numbers);
  try {
    const lines = fillNetwork(file.path, network, weights, match);
    const prefix = stripped ? `, names without "${stripped}"` : '';
    return {
      name: match.architecture,
      network,
      report: {
        format: found.format,
        found: `${match.architecture} for ${size}-pixel images; weights ${found.place}${prefix}.`,
        lines: [...lines, ...unusedLines(weights, match)],
      },
    };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

function matchNetwork(path: string, weights: StateDict): MatchedNetwork {
  const modules = listModules(weights);
  const match = matchResNet(modules) ?? matchPlainNet(modules);
  if (match) return match;
  const shown = modules.slice(0, 6).map(({ name, kind, shape }) => `${name} (${kind} ${shape.join('×')})`);
  throw modelUnreadable(
    path,
    `its ${modules.length} modules fit no architecture that the lab knows; they begin with ${shown.join(', ') || 'none'}`,
    'A checkpoint holds weights but no network. VGG-11, VGG-11-BN and ResNets of basic blocks are known; export others as Keras or TensorFlow.js layers models.',
  );
}

/** @param numbers how many numbers the checkpoint holds */
async function buildMatched(
  path: string,
  match: MatchedNetwork,
  imageSize: number,
  numbers: number,
): Promise<LayersModel> {
  try {
    return await guardWeights(spread * numbers, () => match.build(imageSize));
  } catch (cause) {
    throw modelUnreadable(
      path,
      `a ${match.architecture} of its widths cannot be built for ${imageSize}-pixel images`,
      'Check the size of the images that it was trained on.',
      cause,
    );
  }
}

function fillNetwork(
  path: string,
  network: LayersModel,
  weights: StateDict,
  { moduleOf }: MatchedNetwork,
): ImportLine[] {
  return network.layers.flatMap((layer, index): ImportLine[] => {
    const slots = layerWeights(layer);
    if (slots.length === 0) return [];
    if (isSelection(layer)) {
      return [{ layer: layer.name, status: 'repaired', detail: 'a skip without weights, as a fixed 1×1 convolution' }];
    }
    const module = moduleOf.get(layer.name) ?? layer.name;
    const notes: string[] = [];
    tidy(() => {
      layer.setWeights(
        slots.map(({ name, shape }) => {
          const found = findTensor(path, weights, `${module}.${pyTorchWeights[name]}`);
          const maps = name === 'kernel' ? flattenedMaps(network, index) : null;
          const { value, note } = maps ? rowsOfMaps(found, maps) : { value: arrange(found), note: null };
          if (note) notes.push(note);
          if (value.shape.join() === shape.join()) return value;
          throw modelUnreadable(
            path,
            `"${module}.${pyTorchWeights[name]}" is [${found.shape.join(', ')}], which does not fit "${layer.name}" [${shape.join(', ')}]`,
            'The checkpoint mixes networks, or is of another variant of this one.',
          );
        }),
      );
    });
    const detail = [module === layer.name ? 'same name' : `from "${module}"`, ...notes].join('; ');
    return [{ layer: layer.name, status: notes.length > 0 ? 'repaired' : 'mapped', detail }];
  });
}

function findTensor(path: string, weights: StateDict, name: string): StateTensor {
  const found = weights.get(name);
  if (!found) throw modelUnreadable(path, `the weight "${name}" is missing`, 'Save all of the network’s weights.');
  const position = found.values.findIndex((value) => !Number.isFinite(value));
  if (position < 0) return found;
  throw modelUnreadable(
    path,
    `the weight "${name}" holds ${found.values[position]} at position ${position}`,
    'Its training has probably diverged. Load an earlier state of it.',
  );
}

/** PyTorch's layout to tfjs': [out, in, height, width] to [height, width, in, out], [out, in] to [in, out]. */
function arrange({ shape, values }: StateTensor): Tensor {
  const value = tensor(values, shape);
  if (shape.length === 4) return transpose(value, [2, 3, 1, 0]);
  return shape.length === 2 ? transpose(value) : value;
}

/** The maps [height, width, channels] that a dense layer reads through the flattening right before it. */
function flattenedMaps(network: LayersModel, index: number): number[] | null {
  const before: layers.Layer | undefined = network.layers[index - 1];
  if (before?.getClassName() !== 'Flatten') return null;
  return (before.input as { shape: (number | null)[] }).shape.slice(1).map((side) => side ?? 0);
}

/** Rows in PyTorch's order (channel, height, width) to tfjs' (height, width, channel), pooled to 7×7 where maps are not. */
function rowsOfMaps(found: StateTensor, [height, width, channels]: number[]): { value: Tensor; note: string | null } {
  const [units] = found.shape;
  const isPooled = height === pooledSide && width === pooledSide;
  const cells = tensor(found.values, [units!, channels!, pooledSide, pooledSide]);
  const fitted = isPooled ? cells : foldAdaptivePooling(cells, height!, width!);
  const value = reshape(transpose(fitted, [2, 3, 1, 0]), [-1, units!]);
  const note = isPooled ? null : `the average pooling of ${height}×${width} maps to 7×7 was taken into its weights`;
  return { value, note };
}

function unusedLines(weights: StateDict, { moduleOf }: MatchedNetwork): ImportLine[] {
  const used = new Set(moduleOf.values());
  const isUsed = (name: string) => used.has(name.slice(0, Math.max(0, name.lastIndexOf('.'))));
  const counters = [...weights.keys()].filter((name) => name.endsWith('.num_batches_tracked'));
  const others = [...weights.keys()].filter((name) => !isUsed(name) && !counters.includes(name));
  return [
    ...others.map((name): ImportLine => ({ layer: name, status: 'unused', detail: 'no layer has it' })),
    ...(counters.length > 0
      ? [{ layer: 'num_batches_tracked', status: 'unused' as const, detail: `${counters.length} counters of batches` }]
      : []),
  ];
}
