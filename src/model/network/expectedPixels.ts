import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import type { Asker } from '../../foundation/openQuestion';
import { isFixed } from './fixedLayer';
import { layerGraph } from './layerGraph';
import { layerOption } from './layerOptions';

/** Layers that may stand before the scaling and do not scale: they cut, border or turn images. */
const notScaling = new Set([
  'InputLayer',
  'Activation',
  'ZeroPadding2D',
  'Cropping2D',
  'UpSampling2D',
  'Permute',
  'Dropout',
]);

/** Pixels above these, as what a network takes for 0, are no shares of 255. */
const mostShare = 1.5;
/** Scales up to the first are made for 0 … 255, from the second on for 0 … 1; between them it cannot be told. */
const largestByteScale = 1 / 16;
const leastUnitScale = 0.5;

/**
 * The pixels that a network takes, 0 … 255 or 0 … 1, by the scaling that stands first in it. Without one they are taken as
 * 0 … 1. Where its numbers fit both, the user is asked.
 */
export function expectedPixels(network: LayersModel, asker: Asker): 'bytes' | 'unit' {
  const scaling = firstScaling(network);
  if (!scaling) return 'unit';
  const { scale, zeros } = scaling;
  if (scale <= largestByteScale || zeros.some((zero) => Math.abs(zero) > mostShare)) return 'bytes';
  if (scale >= leastUnitScale) return 'unit';
  const answer = asker.ask({
    key: 'pixels',
    question: `The network itself multiplies pixels by ${Number(scale.toPrecision(3))}. Which pixels does it take?`,
    choices: [
      { value: 'bytes', label: '0 … 255' },
      { value: 'unit', label: '0 … 1' },
    ],
  });
  return answer === 'unit' ? 'unit' : 'bytes';
}

/** The scalings at the start of a network as one: the largest scale, and which pixels become 0. */
function firstScaling(network: LayersModel): { scale: number; zeros: number[] } | null {
  const { readersOf } = layerGraph(network);
  let found: { scales: number[]; offsets: number[] } | null = null;
  let layer: layers.Layer | undefined = network.inputs[0]?.sourceLayer;
  for (; layer; layer = soleReader(layer, readersOf)) {
    if (layer.getClassName() === 'Rescaling') found = behind(found, layer);
    else if (!isNotScaling(layer)) break;
  }
  if (!found) return null;
  const { scales, offsets } = found;
  return {
    scale: Math.max(...scales.map(Math.abs)),
    zeros: offsets.map((offset, channel) => -offset / scales[channel % scales.length]!),
  };
}

function soleReader(layer: layers.Layer, readersOf: (layer: layers.Layer) => layers.Layer[]): layers.Layer | undefined {
  const [reader, ...more] = readersOf(layer);
  return more.length === 0 ? reader : undefined;
}

function isNotScaling(layer: layers.Layer): boolean {
  const isLinear = ['', 'linear'].includes(layerOption(layer, 'activation'));
  return (notScaling.has(layer.getClassName()) && isLinear) || isFixed(layer);
}

/** One scaling behind another: s₂ (s₁ x + o₁) + o₂, channel by channel. */
function behind(first: { scales: number[]; offsets: number[] } | null, layer: layers.Layer) {
  const [scales, offsets] = ['scale', 'offset'].map((option) => [JSON.parse(layerOption(layer, option) || '0')].flat());
  const [one, shift] = [first?.scales ?? [1], first?.offsets ?? [0]];
  const count = Math.max(one.length, shift.length, scales!.length, offsets!.length);
  const channels = Array.from({ length: count }, (_, channel) => channel);
  const at = (values: number[], channel: number): number => values[channel % values.length]!;
  return {
    scales: channels.map((channel) => at(scales!, channel) * at(one, channel)),
    offsets: channels.map((channel) => at(scales!, channel) * at(shift, channel) + at(offsets!, channel)),
  };
}
