import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { trainingLimits } from './forwardTraining';
import type { LabModel } from './labModel';
import { countHeldZeros } from './masks/heldZeros';
import { trainingNeed } from './memoryNeed';
import { methodTraits } from './methodTraits';
import type { LayerSummary, ModelSummary } from './modelSummary';
import { layerCost, networkCost } from './network/layerCost';
import { outputShapeOf } from './network/layerOptions';
import { pruningObstacle } from './network/pruningObstacle';
import { silentChannels } from './surgery/silentChannels';

const bytesPerNumber = 4;

/**
 * A model as the page and the command line show it.
 *
 * @param options.batchSize images per training step, for the estimate of the memory that training needs
 */
export function summarizeModel(model: LabModel, { batchSize }: { batchSize: number }): ModelSummary {
  const { network } = model;
  const summaries = network.layers.map((layer) => summarizeLayer(network, layer));
  const { parameters, macs } = networkCost(network);
  const weightsHeldAtZero = countHeldZeros(model);
  return {
    id: model.id,
    name: model.name,
    imageSize: model.preprocessing.imageSize,
    preprocessing: model.preprocessing,
    classNames: model.classNames,
    parameters,
    macs,
    bytes: parameters * bytesPerNumber,
    trainingMemory: { bytes: trainingNeed({ parameters, layers: summaries }, batchSize).bytes, batchSize },
    layers: summaries,
    defaultLayer: summaries.findLast(({ prunable, outputShape }) => prunable && outputShape.length === 3)?.name ?? null,
    originalChannels: model.originalChannels,
    ...(model.silenced && { silentChannels: silentByLayer(model) }),
    ...(weightsHeldAtZero > 0 && { weightsHeldAtZero }),
    ...methodTraits(model),
    ...(model.prunedFrom && { prunedFrom: model.prunedFrom }),
    ...(model.trainedOn && { trainedOn: model.trainedOn }),
    notes: model.notes,
    limits: describeLimits(model, summaries),
    ...(model.importReport && { importReport: model.importReport }),
  };
}

function silentByLayer(model: LabModel): Record<string, number[]> {
  const layers = new Set(model.silenced?.map(({ layer }) => layer));
  const pairs = [...layers].map((layer): [string, number[]] => [layer, [...silentChannels(model, layer)]]);
  return Object.fromEntries(pairs.filter(([, channels]) => channels.length > 0));
}

function describeLimits({ network, groupInput }: LabModel, summaries: LayerSummary[]): string[] {
  const training = trainingLimits(network).map(({ why, forDropout }) =>
    forDropout ? `It can be trained without dropout before its head alone: ${why}.` : `It cannot be trained: ${why}.`,
  );
  const canPrune = summaries.some(({ prunable }) => prunable);
  const groups = groupInput
    ? [`It needs the group of every image to predict: ${groupInput.attribute}, ${groupInput.names.join(' or ')}.`]
    : [];
  return [...groups, ...training, ...(canPrune ? [] : ['No layer of it can be pruned; the list of layers says why.'])];
}

function summarizeLayer(network: LayersModel, layer: layers.Layer): LayerSummary {
  const reason = pruningObstacle(network, layer);
  return {
    name: layer.name,
    kind: layer.getClassName(),
    outputShape: outputShapeOf(layer).slice(1),
    ...layerCost(layer),
    ...(layer.inboundNodes.length > 1 && { places: layer.inboundNodes.length }),
    prunable: reason === null,
    reason,
  };
}
