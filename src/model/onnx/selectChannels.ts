import { selectionSuffix } from '../network/selection';
import type { NewLayer } from './networkPlan';
import type { Maps } from './onnxValue';
import type { NodeContext } from './translation';

/** Numbers that all selections of a network may have: those of a small file could ask for any size. */
const mostNumbers = 2 ** 24;

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
  const { plan } = context;
  const planned = [...plan.layers.values()].filter((layer) => layer.name.endsWith(selectionSuffix));
  const numbers = planned.reduce((sum, { weights }) => sum + weights.kernel!.values.length, 0);
  if (numbers + maps.channels * sources.length > mostNumbers) {
    throw context.refusal(`selecting ${sources.length} of ${maps.channels} channels would take too many numbers`);
  }
  const values = new Float32Array(maps.channels * sources.length);
  for (const [channel, source] of sources.entries()) if (source >= 0) values[source * sources.length + channel] = 1;
  const layer = plan.add(context.node, {
    kind: 'Conv2D',
    config: { filters: sources.length, kernel_size: [1, 1], use_bias: false, trainable: false },
    inputs: [maps.layer],
    weights: { kernel: { shape: [1, 1, maps.channels, sources.length], values } },
    repairs: ['lets channels through by a fixed 1×1 convolution'],
    name,
    part: [part, selectionSuffix.slice(1)].filter(Boolean).join('.'),
  });
  return { ...maps, layer, channels: sources.length };
}
