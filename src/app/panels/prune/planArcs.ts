import type { LayerChange } from '../../../model/labModel';

/** A link between two rows of a plan: the rows and the lane that it runs in, 0 being next to the rows. */
export interface PlanArc {
  from: number;
  to: number;
  lane: number;
}

/**
 * The links between the layers of a plan, each in the innermost lane where it crosses no other: links to the next row in
 * lane 0, links that skip rows outside.
 */
export function planArcs(layers: readonly LayerChange[]): PlanArc[] {
  const rows = new Map(layers.map(({ layer }, row) => [layer, row]));
  const links = layers.flatMap(({ readsFrom }, to) => readsFrom.map((source) => ({ from: rows.get(source)!, to })));
  const placed: PlanArc[] = [];
  const byLength = links.toSorted((a, b) => a.to - a.from - (b.to - b.from));
  for (const { from, to } of byLength) {
    let lane = to - from === 1 ? 0 : 1;
    while (placed.some((other) => other.lane === lane && lane > 0 && from < other.to && other.from < to)) lane++;
    placed.push({ from, to, lane });
  }
  return placed;
}
