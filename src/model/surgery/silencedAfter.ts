import { isRemoving, type LabModel, type PruningPlan, type SilencedSlices } from '../labModel';

/** The slices that masks hold at zero after a plan: those of earlier masks, where they are now, and its own. */
export function silencedAfter({ silenced = [] }: LabModel, { mode, edits }: PruningPlan): SilencedSlices[] {
  const earlier = isRemoving(mode) ? silenced.map((slices) => moved(slices, edits)) : silenced;
  const added = isRemoving(mode) ? [] : edits.map(zeroedBy);
  return [...earlier, ...added].filter(({ positions }) => positions.length > 0);
}

/** Positions along an axis that loses slices, as they are counted afterwards. */
function moved(slices: SilencedSlices, edits: PruningPlan['edits']): SilencedSlices {
  const cut = edits.find(
    ({ layer, weight, axis }) => layer === slices.layer && weight === slices.weight && axis === slices.axis,
  );
  if (!cut) return slices;
  const positions = slices.positions.map((position) => cut.keep.indexOf(position)).filter((position) => position >= 0);
  return { ...slices, positions };
}

function zeroedBy({ layer, weight, axis, keep, shapeBefore }: PruningPlan['edits'][number]): SilencedSlices {
  const kept = new Set(keep);
  const all = Array.from({ length: shapeBefore[axis]! }, (_, position) => position);
  return { layer, weight, axis, positions: all.filter((position) => !kept.has(position)) };
}
