import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { pruningObstacle } from './channelFlow';
import type { LabModel, LayerSummary, ModelSummary } from './labModel';
import { layerCost, networkCost } from './network/layerCost';
import { outputShapeOf } from './network/layerOptions';
import { sizeOf } from './network/layerWeights';

const bytesPerNumber = 4;

/**
 * A model as the page and the command line show it.
 *
 * @param options.batchSize images per training step, for the estimate of the memory that training needs: weights,
 *   gradients and two optimiser slots (4 × parameters), and every layer's output with its gradient (2 × activations × batch)
 */
export function summarizeModel(model: LabModel, { batchSize }: { batchSize: number }): ModelSummary {
  const { network } = model;
  const summaries = network.layers.map((layer) => summarizeLayer(network, layer));
  const { parameters, macs } = networkCost(network);
  const activations = network.layers.reduce((sum, layer) => sum + sizeOf(outputShapeOf(layer).slice(1)), 0);
  return {
    id: model.id,
    name: model.name,
    imageSize: model.preprocessing.imageSize,
    classNames: model.classNames,
    parameters,
    macs,
    bytes: parameters * bytesPerNumber,
    trainingMemory: { bytes: (4 * parameters + 2 * activations * batchSize) * bytesPerNumber, batchSize },
    layers: summaries,
    defaultLayer: summaries.findLast(({ prunable }) => prunable)?.name ?? null,
    originalChannels: model.originalChannels,
    notes: model.notes,
  };
}

function summarizeLayer(network: LayersModel, layer: layers.Layer): LayerSummary {
  const reason = pruningObstacle(network, layer);
  return {
    name: layer.name,
    kind: layer.getClassName(),
    outputShape: outputShapeOf(layer).slice(1),
    ...layerCost(layer),
    prunable: reason === null,
    reason,
  };
}
