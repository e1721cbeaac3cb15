import { isRemoving, type LabModel, type PruningPlan, type WeightEdit } from '../labModel';
import { countZeros, isHeldAtZero, makeWeightMask, type WeightMask } from '../masks/weightMask';
import { sizeOf } from '../network/layerWeights';

/** The masks of single weights after a plan: cut as it cuts the weights. One that holds nothing any more goes. */
export function weightMasksAfter({ weightMasks = [] }: LabModel, { mode, edits }: PruningPlan): WeightMask[] {
  if (!isRemoving(mode)) return weightMasks;
  return weightMasks
    .map((mask) => edits.filter((edit) => edit.layer === mask.layer && edit.weight === mask.weight).reduce(cut, mask))
    .filter((mask) => countZeros(mask) > 0);
}

function cut(mask: WeightMask, { axis, keep }: WeightEdit): WeightMask {
  const inner = sizeOf(mask.shape.slice(axis + 1));
  const side = mask.shape[axis]!;
  return makeWeightMask({ ...mask, shape: mask.shape.with(axis, keep.length) }, (position) => {
    const slice = Math.floor(position / inner);
    const before = Math.floor(slice / keep.length) * side + keep[slice % keep.length]!;
    return isHeldAtZero(mask, before * inner + (position % inner));
  });
}
