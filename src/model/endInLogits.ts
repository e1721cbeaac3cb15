import { concat, type Tensor, zerosLike } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { findEnd, mixedProbabilities, type NetworkEnd, passedOn } from './network/findEnd';
import { layerGraph } from './network/layerGraph';
import { outputShapeOf } from './network/layerOptions';
import { sizeOf } from './network/layerWeights';
import { type NetworkConfig, removeLayer } from './network/networkConfig';

/** What turns logits into probabilities: a sigmoid gives that of the second of two classes. */
export type LostEnd = 'softmax' | 'logSoftmax' | 'sigmoid';

/** What was done to a network's description so that it gives logits. */
export interface LogitsEnd {
  /** In words. */
  changes: string[];
  /** What made the probabilities, and is gone. */
  lost?: LostEnd;
  /** The value that a weight has in the changed network. */
  editWeight?(layer: string, weight: string, value: Tensor): Tensor;
}

/**
 * Changes the description of a network that ends in probabilities, so that it gives logits: a softmax or its logarithm is
 * taken off, wherever it stands before layers that only pass values on; one output with a sigmoid, p = σ(z), becomes two
 * with the logits 0 and z, whose softmax is 1 - p and p.
 *
 * @param config of the network, changed in place
 * @throws RangeError in words, when its outputs are probabilities of which no logits can be told
 */
export function endInLogits(network: LayersModel, config: NetworkConfig): LogitsEnd {
  if (network.outputs.length !== 1) return { changes: [] };
  const end = findEnd(network);
  if (['softmax', 'logSoftmax'].includes(end.activation)) return dropSoftmax(network, config, end);
  if (end.activation === 'sigmoid' && outputShapeOf(network.outputs[0]!.sourceLayer).join() === '0,1') {
    return splitSigmoid(network, config, end);
  }
  const source = end.activation === 'sigmoid' ? null : mixedProbabilities(network);
  if (source)
    throw new RangeError(`its outputs are made of the probabilities of "${source.name}", so that they are no logits`);
  return { changes: [] };
}

function dropSoftmax(
  network: LayersModel,
  config: NetworkConfig,
  { layer, activation, behind }: NetworkEnd,
): LogitsEnd {
  const places = outputShapeOf(layer).slice(1, -1);
  if (sizeOf(places) !== 1) {
    const shape = outputShapeOf(layer).slice(1).join(' × ');
    throw new RangeError(`the softmax of "${layer.name}" is taken at each place of ${shape}, not over the classes`);
  }
  refuseOtherReaders(network, layer, behind);
  const lost = activation === 'softmax' ? 'softmax' : 'logSoftmax';
  const name = activation === 'softmax' ? 'softmax' : 'log-softmax';
  const own = config.layers.find((candidate) => candidate.config.name === layer.name)!;
  if (own.className !== 'Softmax' && own.className !== 'Activation') {
    own.config.activation = 'linear';
    return { changes: [`The ${name} of "${layer.name}" was taken off: the outputs are logits now.`], lost };
  }
  removeLayer(config, layer.name);
  return { changes: [`The final ${name} "${layer.name}" was removed: the outputs are logits now.`], lost };
}

function splitSigmoid(network: LayersModel, config: NetworkConfig, { layer, behind }: NetworkEnd): LogitsEnd {
  const isOwnLayer = layer.getClassName() === 'Activation';
  const before = isOwnLayer ? [layer] : [];
  let maker: layers.Layer = isOwnLayer ? layer.inboundNodes[0]!.inboundLayers[0]! : layer;
  for (let source = passedOn(maker); source; source = passedOn(maker)) {
    before.unshift(maker);
    maker = source;
  }
  const gone = [...before, ...behind];
  const isSole = maker.getClassName() === 'Dense' && maker.inboundNodes.length === 1;
  if (!isSole || gone.some((passed) => outputShapeOf(passed).join() !== '0,1')) {
    throw new RangeError(`its one output is a sigmoid of what is no Dense layer ("${layer.name}")`);
  }
  const { name } = maker;
  refuseOtherReaders(network, maker, gone);
  for (const passed of gone) removeLayer(config, passed.name);
  const own = config.layers.find((candidate) => candidate.config.name === name)!;
  Object.assign(own.config, { units: 2, activation: 'linear' });
  return {
    changes: [
      `The one output with a sigmoid, p, became two: "${name}" gives the logits of class 0 (1 - p) and of class 1 (p).`,
    ],
    lost: 'sigmoid',
    editWeight: (edited, _weight, value) => (edited === name ? concat([zerosLike(value), value], -1) : value),
  };
}

/** What else reads the layer would get other values. */
function refuseOtherReaders(network: LayersModel, layer: layers.Layer, own: layers.Layer[]): void {
  const other = layerGraph(network)
    .readersOf(layer)
    .find((reader) => !own.includes(reader));
  if (other) throw new RangeError(`"${layer.name}" gives the outputs, but "${other.name}" reads them too`);
}
