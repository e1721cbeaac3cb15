import { dropout, mean, type Tensor, type Tensor1D, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { model as functionalModel, type LayersModel, type layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { LabError } from '../foundation/labError';
import type { LabModel } from './labModel';
import { findHead, type Head } from './network/findHead';
import { logitsName, type NamedOutputs, nameOutputs } from './readout';
import { networkInputs } from './runModel';

/** Parts of a network that share its weights and own none, built once, so that a training step builds none. */
interface Readers {
  head: Head;
  /** Every output, and what goes into the head. */
  whole: LayersModel;
  /** What goes into the head, alone. */
  body: LayersModel;
}

const readersByNetwork = new WeakMap<LayersModel, Readers>();

/** A batch in training: tensors, since gradients pass through. */
export interface TrainingInput {
  /** float32 [n, size, size, channels], preprocessed. */
  images: Tensor4D;
  /** Group of each image, int32 [n]; null where the network does not take it. */
  groups: Tensor1D | null;
}

/** What a network gives in training. */
export interface TrainingPass {
  /** Every output of the network by its name. */
  outputs: NamedOutputs;
  /** The output `logits`, or the first one: [n, units]. */
  logits: Tensor2D;
  /** What the network's head reads, [n, width]. */
  features: Tensor2D;
}

/**
 * A forward pass in training mode (dropout on, BatchNorm by the batch and learning its averages), to be differentiated:
 * call it inside `variableGrads`.
 *
 * The features are what the head reads, the last dense layer, or the last convolution where pooling makes the logits: its
 * maps averaged over positions. Where a 1×1 convolution is followed by the average alone, the logits are a linear function
 * of these averages, as those of a dense head are.
 *
 * @param dropped `rate`: share of what the head reads that is set to 0, the rest divided by 1 - rate; `seed` decides which,
 *   and what the network's own dropout layers drop
 * @throws LabError `model-mismatch` as {@link requireTrainable}; `group-unknown`
 */
export function forwardTraining(
  model: LabModel,
  { images, groups }: TrainingInput,
  dropped: { rate: number; seed: number } = { rate: 0, seed: 0 },
): TrainingPass {
  requireTrainable(model, dropped.rate);
  const { head, whole, body } = readersOf(model.network);
  const input = networkInputs(model, images, groups);
  return withSeededDropout(model.network, dropped.seed, () => {
    if (dropped.rate === 0) {
      const values = whole.apply(input, { training: true }) as Tensor[];
      return nameValues(model, values.slice(0, -1), poolMaps(values.at(-1)!));
    }
    const kept = dropout(body.apply(input, { training: true }) as Tensor, dropped.rate, undefined, dropped.seed);
    const logits = [head.layer, ...head.tail!].reduce(
      (output, layer) => layer.apply(output, { training: true }) as Tensor,
      kept,
    );
    return nameValues(model, [logits], poolMaps(kept));
  });
}

/** The same values of a network that is not trained: in inference mode, without gradients. They belong to the caller. */
export function forwardFrozen(
  model: LabModel,
  { images, groups }: TrainingInput,
): Pick<TrainingPass, 'logits' | 'features'> {
  const { whole } = readersOf(model.network);
  const values = whole.predictOnBatch(networkInputs(model, images, groups)) as Tensor[];
  const { logits, features } = nameValues(model, values.slice(0, -1), poolMaps(values.at(-1)!));
  return { logits, features };
}

/** The first output stands for the logits where none has their name. */
function nameValues(model: LabModel, values: Tensor[], features: Tensor2D): TrainingPass {
  const outputs = nameOutputs(model, values);
  return { outputs, logits: (outputs[logitsName] ?? values[0]!) as Tensor2D, features };
}

/**
 * Checks that a network can be trained, before work is begun that ends with its training.
 * @param dropoutRate share of what the head reads that is to be dropped
 * @throws LabError `model-mismatch` when it has neither a convolution nor a dense layer, or dropout is asked for where the
 *   layers behind the head read others too
 */
export function requireTrainable({ name, network }: LabModel, dropoutRate: number): void {
  const [obstacle] = trainingLimits(network).filter(({ forDropout }) => dropoutRate > 0 || !forDropout);
  if (!obstacle) return;
  throw new LabError({
    code: 'model-mismatch',
    message: `"${name}" cannot be trained so: ${obstacle.why}.`,
    hint: obstacle.forDropout
      ? 'Set dropout to 0.'
      : 'Use a network that ends in a dense layer, or in a convolution and a pooling.',
  });
}

/** Why a network cannot be trained, at all or with dropout before its head. */
export function trainingLimits(network: LayersModel): { why: string; forDropout: boolean }[] {
  const head = findHead(network);
  if (head && network.outputs.length > 1)
    return [{ why: 'it has several outputs, so that there is no single head', forDropout: true }];
  if (!head) return [{ why: 'it has neither a convolution nor a dense layer', forDropout: false }];
  if (head.tail) return [];
  const { name, inboundNodes } = head.layer;
  const why =
    inboundNodes.length > 1
      ? `"${name}", in front of which dropout would be, stands at several places`
      : `behind "${name}", where dropout would be, layers read others too`;
  return [{ why, forDropout: true }];
}

/** Averages of maps over their positions; what has none stays as it is. */
function poolMaps(values: Tensor): Tensor2D {
  return (values.rank === 2 ? values : mean(values, [...values.shape.keys()].slice(1, -1))) as Tensor2D;
}

/** tfjs draws what a dropout layer drops from a seed of the layer, or else from no seed at all. */
function withSeededDropout<T>(network: LayersModel, seed: number, forward: () => T): T {
  const seeded = network.layers
    .filter((layer) => layer.getClassName() === 'Dropout')
    .map((layer, index) => ({ layer: layer as unknown as { seed?: number }, seed: seed + index + 1 }));
  const before = seeded.map(({ layer }) => layer.seed);
  for (const { layer, seed: own } of seeded) layer.seed = own;
  try {
    return forward();
  } finally {
    for (const [index, { layer }] of seeded.entries()) layer.seed = before[index];
  }
}

function readersOf(network: LayersModel): Readers {
  const known = readersByNetwork.get(network);
  if (known) return known;
  const head = findHead(network)!;
  const { inputs, outputs } = network;
  const read = readBy(head.layer);
  const readers: Readers = {
    head,
    whole: functionalModel({ inputs, outputs: [...outputs, read] }),
    body: functionalModel({ inputs, outputs: read }),
  };
  readersByNetwork.set(network, readers);
  return readers;
}

/** Width of the features that {@link forwardTraining} gives. */
export function featureWidth(network: LayersModel): number {
  return readBy(findHead(network)!.layer).shape.at(-1)!;
}

/** What a head reads; of one that stands at several places, what it reads at the last of them. */
function readBy(head: layers.Layer): SymbolicTensor {
  return head.inboundNodes.at(-1)!.inputTensors[0]!;
}
