import { dispose, stack, type Tensor } from '@tensorflow/tfjs-core';
import { GroupBatchNormalization } from '../network/groupBatchNormalization';
import { groupInputName } from '../network/groupInput';
import { type FoundModel, isObject } from './findModelJson';
import { groupsOf, maskWeights, partNames, type WrittenLayer } from './groupLayerParts';
import { modelUnreadable } from './modelUnreadable';

/**
 * The inverse of `expandGroupLayers`: BatchNorms of each group's own in place of the standard layers that the lab writes them in. Other
 * descriptions are given back as they are.
 *
 * @param weights by name; those of the groups are put together, and freed, in place
 * @throws LabError `model-unreadable` when the masks were changed
 */
export async function foldGroupLayers(found: FoundModel, weights: Record<string, Tensor>): Promise<FoundModel> {
  const topology = found.json.modelTopology;
  const config = isObject(topology) ? topology.config : undefined;
  const listed = isObject(config) && Array.isArray(config.layers) ? (config.layers as WrittenLayer[]) : [];
  const named = new Map(listed.filter(isObject).map((layer) => [layer.name, layer]));
  const groupCount = countGroups(named);
  if (groupCount === 0) return found;
  const groups = groupsOf(groupCount);
  const folded = listed.filter(({ name }) => groups.every((group) => named.has(partNames.chosen(name, group))));
  await takeMasks(found.path, groups, weights);
  const parts = new Set(groups.flatMap((group) => [partNames.isOfGroup(group), partNames.mask(group)]));
  for (const { name } of folded) {
    for (const group of groups) parts.add(partNames.norm(name, group)).add(partNames.chosen(name, group));
    stackWeights(name, groups, weights);
  }
  const layers = listed
    .filter(({ name }) => !parts.has(name))
    .map((layer) => (folded.includes(layer) ? foldLayer(layer, named, groupCount) : layer));
  const json = { ...found.json, modelTopology: { ...(topology as object), config: { ...(config as object), layers } } };
  return { ...found, json };
}

/** How many masks there are. */
function countGroups(named: ReadonlyMap<string, WrittenLayer>): number {
  let count = 0;
  while (named.get(partNames.isOfGroup(count))?.class_name === 'Embedding' && named.has(partNames.mask(count))) count++;
  return count;
}

async function takeMasks(path: string, groups: number[], weights: Record<string, Tensor>): Promise<void> {
  for (const group of groups) {
    const name = `${partNames.isOfGroup(group)}/embeddings`;
    const found = await weights[name]?.data();
    const due = maskWeights(group, groups.length);
    if (found?.length !== due.length || due.some((value, index) => value !== found[index])) {
      throw modelUnreadable(
        path,
        `"${partNames.isOfGroup(group)}", which should choose group ${group}, was changed`,
        'Give the zip as the lab exported it.',
      );
    }
    dispose(weights[name]!);
    delete weights[name];
  }
}

/** Puts the weights of the groups' BatchNorms together as rows. What is missing is found so later, by its name. */
function stackWeights(layer: string, groups: number[], weights: Record<string, Tensor>): void {
  for (const weight of ['gamma', 'beta', 'moving_mean', 'moving_variance']) {
    const names = groups.map((group) => `${partNames.norm(layer, group)}/${weight}`);
    const rows = names.flatMap((name) => weights[name] ?? []);
    if (rows.length < groups.length || new Set(rows.map(({ size }) => size)).size > 1) continue;
    weights[`${layer}/${weight}`] = stack(rows);
    dispose(rows);
    for (const name of names) delete weights[name];
  }
}

function foldLayer(sum: WrittenLayer, named: ReadonlyMap<string, WrittenLayer>, groupCount: number): WrittenLayer {
  const { name } = sum;
  const norm = named.get(partNames.norm(name, 0));
  const { axis: _axis, ...settings }: Record<string, unknown> = norm?.config ?? {};
  const [[values]] = (norm?.inbound_nodes ?? [[]]) as [[unknown]];
  return {
    class_name: GroupBatchNormalization.className,
    name,
    config: { ...settings, name, group_count: groupCount },
    inbound_nodes: [[values, [groupInputName, 0, 0, {}]]],
  };
}
