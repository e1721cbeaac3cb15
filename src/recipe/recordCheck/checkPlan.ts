import type { PruningPlan } from '../../model/labModel';
import { refuseField, requireChannels, requireEqual, requireLength } from './refuseField';

/**
 * Checks a plan's lists of channels: what is removed and what is kept are all channels of a layer, each once, and every
 * edit keeps what its shapes say.
 *
 * @param channels of the layer of the run before this plan, by their original numbers
 * @param prunedOriginal what the round says that it pruned
 * @param field path of the round in its record
 * @throws LabError `record-invalid`
 */
export function checkPlan(
  { targets, edits }: PruningPlan,
  {
    layer,
    channels,
    prunedOriginal,
  }: { layer: string; channels: readonly number[]; prunedOriginal: readonly number[] },
  field: string,
): void {
  for (const [index, { layer: name, remove, keep }] of targets.entries()) {
    const at = `${field}.plan.targets.${index}`;
    const count = name === layer ? channels.length : remove.length + keep.length;
    requireChannels(`${at}.remove`, remove, count);
    requireChannels(`${at}.keep`, keep, count);
    requireLength(`${at}.keep`, keep, count - remove.length, 'the channels that are not removed');
    const twice = keep.findIndex((channel) => remove.includes(channel));
    if (twice >= 0) refuseField(`${at}.keep.${twice}`, keep[twice]!, 'a channel that is not removed');
    if (name !== layer) continue;
    requireLength(`${field}.prunedOriginal`, prunedOriginal, remove.length, 'the channels that its plan removes');
    for (const [position, channel] of remove.entries()) {
      const original = channels[channel]!;
      requireEqual(`${field}.prunedOriginal.${position}`, prunedOriginal[position]!, original, 'as its plan says');
    }
  }
  for (const [index, { axis, keep, shapeBefore, shapeAfter }] of edits.entries()) {
    const at = `${field}.plan.edits.${index}`;
    if (axis >= shapeBefore.length) refuseField(`${at}.axis`, axis, `from 0 to ${shapeBefore.length - 1}`);
    requireChannels(`${at}.keep`, keep, shapeBefore[axis]!);
    requireLength(`${at}.shapeAfter`, shapeAfter, shapeBefore.length, 'as many as before');
  }
}
