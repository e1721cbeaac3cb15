import { concatBytes } from '../../foundation/concatArrays';
import type { SerializedModel } from '../labModel';
import { GroupBatchNormalization } from '../network/groupBatchNormalization';
import { groupInputName } from '../network/groupInput';
import { groupsOf, maskWeights, partNames, type WrittenLayer } from './groupLayerParts';

type WeightSpec = SerializedModel['weightSpecs'][number];
type Described = Pick<SerializedModel, 'topology' | 'weightSpecs' | 'weights'>;

/**
 * A model whose BatchNorms of each group's own are written in standard layers: see `partNames`. One without any is given back as it is.
 * `foldGroupLayers` is the inverse.
 */
export function expandGroupLayers(model: Described): Described {
  const topology = model.topology as { config: { layers: WrittenLayer[] } };
  const expanded = topology.config.layers.filter(({ class_name: kind }) => kind === GroupBatchNormalization.className);
  const [first] = expanded;
  if (!first) return model;
  const groups = groupsOf(Number(first.config.group_count));
  const names = new Set(expanded.map(({ name }) => name));
  const listed = topology.config.layers.flatMap((layer) => {
    if (layer.name === groupInputName) return [layer, ...groups.flatMap((group) => maskLayers(group, groups.length))];
    return names.has(layer.name) ? layersOf(layer, groups) : [layer];
  });
  const masks = groups.map((group) => maskWeights(group, groups.length));
  return {
    topology: { ...topology, config: { ...topology.config, layers: listed } },
    weightSpecs: [
      ...model.weightSpecs.flatMap((spec) => (names.has(ownerOf(spec)) ? rowsOf(spec) : [spec])),
      ...groups.map((group): WeightSpec => {
        const name = `${partNames.isOfGroup(group)}/embeddings`;
        return { name, shape: [groups.length, 1], dtype: 'float32' };
      }),
    ],
    weights: concatBytes([new Uint8Array(model.weights), ...masks.map(({ buffer }) => new Uint8Array(buffer))]).buffer,
  };
}

const ownerOf = ({ name }: WeightSpec) => name.slice(0, name.lastIndexOf('/'));

/** A weight [groups, channels] as one per group: its rows, which lie one behind the other. */
function rowsOf(spec: WeightSpec): WeightSpec[] {
  const [groupCount = 0, channels = 0] = spec.shape;
  const weight = spec.name.slice(spec.name.lastIndexOf('/') + 1);
  return groupsOf(groupCount).map((group) => ({
    name: `${partNames.norm(ownerOf(spec), group)}/${weight}`,
    shape: [channels],
    dtype: 'float32',
  }));
}

function layersOf({ name, config, inbound_nodes: nodes }: WrittenLayer, groups: number[]): WrittenLayer[] {
  const { group_count: _count, ...settings } = config;
  const [[values]] = nodes as [[unknown]];
  const each = groups.flatMap((group): WrittenLayer[] => {
    const norm = partNames.norm(name, group);
    const chosen = partNames.chosen(name, group);
    return [
      layer('BatchNormalization', norm, [values], { ...settings, axis: -1 }),
      layer('Multiply', chosen, [reference(norm), reference(partNames.mask(group))]),
    ];
  });
  const sum = groups.map((group) => reference(partNames.chosen(name, group)));
  return [...each, layer('Add', name, sum)];
}

function maskLayers(group: number, groupCount: number): WrittenLayer[] {
  const isOfGroup = partNames.isOfGroup(group);
  const sizes = { input_dim: groupCount, output_dim: 1, input_length: 1, mask_zero: false, trainable: false };
  return [
    layer('Embedding', isOfGroup, [reference(groupInputName)], sizes),
    layer('Reshape', partNames.mask(group), [reference(isOfGroup)], { target_shape: [1, 1, 1] }),
  ];
}

const reference = (name: string) => [name, 0, 0, {}];

function layer(kind: string, name: string, reads: unknown[], settings: Record<string, unknown> = {}): WrittenLayer {
  const config = { trainable: true, dtype: 'float32', ...settings, name };
  return { class_name: kind, name, config, inbound_nodes: [reads] };
}
