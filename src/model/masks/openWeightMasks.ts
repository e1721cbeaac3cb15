import type { LayersModel } from '@tensorflow/tfjs-layers';
import { modelUnreadable } from '../files/modelUnreadable';
import { findWeight, mergeWeightMasks, misfitOf } from './applyWeightMasks';
import { isHeldAtZero, type WeightMask } from './weightMask';

/** The masks that hold for a network that was read, and what became of others, in words. */
export interface OpenedMasks {
  weightMasks: WeightMask[];
  notes: string[];
}

/**
 * Holds the masks of a model's `lab.json` against the network that was read beside it.
 *
 * @param options.isTranslated the network was not stored as the lab has it: where a layer has become others, its mask is let
 *   go, which a note says
 * @throws LabError `model-unreadable` when a mask does not fit, or a weight is not zero where its mask holds it
 */
export async function openWeightMasks(
  path: string,
  network: LayersModel,
  masks: readonly WeightMask[],
  { isTranslated }: { isTranslated: boolean },
): Promise<OpenedMasks> {
  const fitting: WeightMask[] = [];
  const notes: string[] = [];
  for (const mask of masks) {
    const misfit = misfitOf(network, mask) ?? (await refilled(network, mask));
    if (misfit === null) fitting.push(mask);
    else if (isTranslated) notes.push(`Zeros are not held any more: ${misfit}.`);
    else throw unreadable(path, misfit);
  }
  return { weightMasks: mergeWeightMasks(network, fitting), notes };
}

/** What is not zero where a mask holds it, in words. */
async function refilled(network: LayersModel, mask: WeightMask): Promise<string | null> {
  const values = await findWeight(network, mask)!.value.data();
  let count = 0;
  for (let position = 0; position < values.length; position++) {
    if (values[position] !== 0 && isHeldAtZero(mask, position)) count++;
  }
  return count === 0
    ? null
    : `${count} elements of "${mask.layer}/${mask.weight}" that a mask holds at zero are not zero`;
}

function unreadable(path: string, misfit: string) {
  return modelUnreadable(
    path,
    misfit,
    'The network was changed outside the lab, or lab.json belongs to another one. Give the files as they were exported, or take "weightMasks" out of lab.json: then nothing is held at zero.',
  );
}
