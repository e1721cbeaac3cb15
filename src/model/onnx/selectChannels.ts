import { sizeOf } from '../network/layerWeights';
import { selectionSuffix } from '../network/selection';
import type { NewLayer } from './networkPlan';
import type { Maps } from './onnxValue';
import type { NodeContext } from './translation';

/**
 * Lets some channels of maps through, in any order, by a frozen 1×1 convolution, as surgery does.
 *
 * @param sources for each channel that comes out the channel of the maps that it is; -1 for zeros
 */
export function selectChannels(
  context: NodeContext,
  maps: Maps,
  sources: number[],
  { name, part }: Pick<NewLayer, 'name' | 'part'> = {},
): Maps {
  const shape = [1, 1, ...context.claim([maps.channels, sources.length])];
  const values = new Float32Array(sizeOf(shape));
  for (const [channel, source] of sources.entries()) if (source >= 0) values[source * sources.length + channel] = 1;
  const layer = context.plan.add(context.node, {
    kind: 'Conv2D',
    config: { filters: sources.length, kernel_size: [1, 1], use_bias: false, trainable: false },
    inputs: [maps.layer],
    weights: { kernel: { shape, values } },
    repairs: ['lets channels through by a fixed 1×1 convolution'],
    name,
    part: [part, selectionSuffix.slice(1)].filter(Boolean).join('.'),
  });
  return { ...maps, layer, channels: sources.length };
}
