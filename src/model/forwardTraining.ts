import { dropout, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { model as functionalModel, type LayersModel, type layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { LabError } from '../foundation/labError';
import type { LabModel } from './labModel';

/** Readers by network, so that a training step builds none. They own no weights. */
const readers = new WeakMap<LayersModel, LayersModel>();

/**
 * A forward pass in training mode (dropout on, BatchNorm by the batch and learning its averages), to be differentiated:
 * call it inside `variableGrads`.
 *
 * @param images float32 [n, size, size, 3], preprocessed
 * @param dropped `rate`: share of the features that is set to 0 before the last dense layer, the others divided by
 *   1 - rate; `seed` decides which, and what the network's own dropout layers drop
 * @returns the logits [n, classes] and the features [n, width], which are the input of the last dense layer
 * @throws LabError `model-mismatch` when the network has no dense layer, or dropout is asked for and it is not the last
 */
export function forwardTraining(
  model: LabModel,
  images: Tensor4D,
  dropped: { rate: number; seed: number } = { rate: 0, seed: 0 },
): { logits: Tensor2D; features: Tensor2D } {
  const [logits, features] = withSeededDropout(model.network, dropped.seed, () => {
    return readerOf(model).apply(images, { training: true }) as [Tensor2D, Tensor2D];
  });
  if (dropped.rate === 0) return { logits, features };
  const head = model.network.layers.at(-1)!;
  if (head.getClassName() !== 'Dense') {
    throw new LabError({
      code: 'model-mismatch',
      message: `Dropout needs the dense layer to be the last one; in "${model.name}" layers follow it.`,
      hint: 'Set dropout to 0, or use a network that ends in its dense layer.',
    });
  }
  const kept = dropout(features, dropped.rate, undefined, dropped.seed) as Tensor2D;
  return { logits: head.apply(kept) as Tensor2D, features: kept };
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

function readerOf({ name, network }: LabModel): LayersModel {
  const known = readers.get(network);
  if (known) return known;
  const head = network.layers.findLast((layer) => layer.getClassName() === 'Dense');
  if (!head) {
    throw new LabError({
      code: 'model-mismatch',
      message: `The model "${name}" has no dense layer, so there are no features in front of one.`,
      hint: 'Use a network that ends in a dense layer with one output per class.',
    });
  }
  const reader = functionalModel({ inputs: network.inputs, outputs: [...network.outputs, featuresBefore(head)] });
  readers.set(network, reader);
  return reader;
}

/** What a dense layer reads; of one that stands at several places, what it reads at the last of them. */
function featuresBefore(head: layers.Layer): SymbolicTensor {
  return head.inboundNodes.at(-1)!.inputTensors[0]!;
}
