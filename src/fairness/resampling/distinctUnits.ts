import type { ResamplingPlan } from './planResampling';

/** Units of one stratum that hold the same cells: leaving out any of them gives the same. */
export interface DistinctUnit {
  cellsOfUnit: number[];
  /** 0, 1, 2, … */
  stratum: number;
  stratumSize: number;
  /** How many there are. */
  alike: number;
}

/**
 * The units of a plan, those that are alike taken together.
 *
 * @param cellOfSlot cell of each slot of the plan; null when the slots are the cells
 */
export function distinctUnits(
  { stratumStart, unitStart, slotOfEntry }: ResamplingPlan,
  cellOfSlot: Int32Array | null,
): DistinctUnit[] {
  const distinct: DistinctUnit[] = [];
  for (let s = 0; s + 1 < stratumStart.length; s++) {
    const stratumSize = stratumStart[s + 1]! - stratumStart[s]!;
    const ofKey = new Map<string, DistinctUnit>();
    for (let unit = stratumStart[s]!; unit < stratumStart[s + 1]!; unit++) {
      const slots = Array.from(slotOfEntry.subarray(unitStart[unit]!, unitStart[unit + 1]!));
      const cellsOfUnit = cellOfSlot ? slots.map((slot) => cellOfSlot[slot]!) : slots;
      const key = cellsOfUnit.sort((a, b) => a - b).join();
      const known = ofKey.get(key);
      if (known) known.alike++;
      else ofKey.set(key, { cellsOfUnit, stratum: s, stratumSize, alike: 1 });
    }
    distinct.push(...ofKey.values());
  }
  return distinct;
}
