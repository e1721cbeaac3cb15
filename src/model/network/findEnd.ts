import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { layerGraph } from './layerGraph';
import { layerOption } from './layerOptions';

/** Layers that give every value as they are given it, when the network predicts. */
const passing = new Set([
  'Dropout',
  'GaussianDropout',
  'GaussianNoise',
  'AlphaDropout',
  'Flatten',
  'Reshape',
  'InputLayer',
]);
/** Layers that make mixtures of what they are given: of probabilities, such as are no logits. */
const mixing = new Set([
  'Average',
  'Add',
  'Maximum',
  'Minimum',
  'Concatenate',
  'AveragePooling2D',
  'MaxPooling2D',
  'GlobalAveragePooling2D',
  'GlobalMaxPooling2D',
  'Rescaling',
]);

/** The last layer of a network that computes anything, and those behind it. */
export interface NetworkEnd {
  layer: layers.Layer;
  /** Its activation, in tfjs' words; a Softmax layer has `softmax`. */
  activation: string;
  /** Layers between it and the output, that one first. They pass values on as they are. */
  behind: layers.Layer[];
}

/** Finds the end of a network of one output. */
export function findEnd(network: LayersModel): NetworkEnd {
  let layer = network.outputs[0]!.sourceLayer;
  const behind: layers.Layer[] = [];
  for (let source = passedOn(layer); source; source = passedOn(layer)) {
    behind.unshift(layer);
    layer = source;
  }
  return { layer, activation: activationOf(layer), behind };
}

/** The layer whose values a layer passes on; null for one that computes. */
export function passedOn(layer: layers.Layer): layers.Layer | null {
  const isLinear = layer.getClassName() === 'Activation' && activationOf(layer) === 'linear';
  const sources = layer.inboundNodes.flatMap(({ inboundLayers }) => inboundLayers);
  return sources.length === 1 && (isLinear || passing.has(layer.getClassName())) ? sources[0]! : null;
}

/** A ReLU up to 1 is what a hard sigmoid ends with. */
function activationOf(layer: layers.Layer): string {
  const kind = layer.getClassName();
  if (kind === 'ReLU' && layerOption(layer, 'maxValue') === '1') return 'hardSigmoid';
  return kind === 'Softmax' ? 'softmax' : layerOption(layer, 'activation') || 'linear';
}

/**
 * The layer that makes the probabilities of which the outputs are mixtures, or products of nothing else; null when they are
 * none.
 */
export function mixedProbabilities(network: LayersModel): layers.Layer | null {
  const { sourcesOf } = layerGraph(network);
  const known = new Map<layers.Layer, layers.Layer | null>();
  const makerOf = (layer: layers.Layer): layers.Layer | null => {
    const found = known.get(layer);
    if (found !== undefined) return found;
    known.set(layer, null);
    const maker = ['softmax', 'sigmoid', 'hardSigmoid'].includes(activationOf(layer)) ? layer : madeBefore(layer);
    known.set(layer, maker);
    return maker;
  };
  const madeBefore = (layer: layers.Layer): layers.Layer | null => {
    const kind = layer.getClassName();
    // A gate multiplies maps with probabilities; only where all factors are probabilities the product is no logit.
    if (kind === 'Multiply') {
      const makers = sourcesOf(layer).map(makerOf);
      return makers.every((maker) => maker !== null) ? (makers[0] ?? null) : null;
    }
    const isRelu = kind === 'ReLU' || ['relu', 'relu6'].includes(ownActivation(layer));
    if (!mixing.has(kind) && !isRelu && !passedOn(layer)) return null;
    return (
      sourcesOf(layer)
        .map(makerOf)
        .find((maker) => maker !== null) ?? null
    );
  };
  return network.outputs.map(({ sourceLayer }) => makerOf(sourceLayer)).find((maker) => maker !== null) ?? null;
}

/** The activation of a layer that is nothing else. */
function ownActivation(layer: layers.Layer): string {
  return layer.getClassName() === 'Activation' ? activationOf(layer) : '';
}
