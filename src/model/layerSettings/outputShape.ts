import { serialization } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type Shape = (number | null)[];
type FromConfig = (kind: unknown, config: serialization.ConfigDict) => layers.Layer;

/**
 * The shape that a standard layer gives, without making its weights.
 *
 * @param settings in Keras 2's words
 * @param inputs one shape per input, the batch first
 */
export function outputShapeOf(kind: string, settings: Record<string, unknown>, inputs: Shape[]): Shape {
  const [maker, fromConfig] = serialization.SerializationMap.getMap().classNameMap[kind] as [unknown, FromConfig];
  const layer = fromConfig(maker, inWordsOfTfjs(settings) as serialization.ConfigDict);
  const shape = layer.computeOutputShape(inputs.length === 1 ? inputs[0]! : inputs);
  return shape as Shape;
}

/** `channels_last` and the like become `channelsLast`, keys and words alike. */
function inWordsOfTfjs(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (Array.isArray(value)) return value.map(inWordsOfTfjs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [inWordsOfTfjs(key), inWordsOfTfjs(inner)]));
}
