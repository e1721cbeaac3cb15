import type { Random } from '../foundation/random';
import type { Predictions } from './fairnessReport';
import type { Cells } from './tabulateCells';

/**
 * What one replicate draws. A unit is what is drawn at once: a sample, or a cluster with all its samples. A stratum is a
 * set of units of which as many are drawn, with replacement, as it has.
 */
export interface ResamplingPlan {
  /** Units of stratum s are `stratumStart[s]` up to, not including, `stratumStart[s + 1]`. */
  stratumStart: Int32Array;
  /** Entries of unit u in `cellOfEntry` are `unitStart[u]` up to, not including, `unitStart[u + 1]`. */
  unitStart: Int32Array;
  /** The cell of each sample, unit after unit. */
  cellOfEntry: Int32Array;
}

interface Unit {
  stratum: number;
  samples: number[];
}

/**
 * Lays out the resampling of samples within group × class, or of clusters.
 *
 * Clusters are drawn among those that occur in the same groups (0 only, 1 only, both), so that no resample loses a
 * group; classes are left to chance.
 *
 * @param clusters cluster of each sample, or null; a sample with an empty text is a cluster of its own
 */
export function planResampling(predictions: Predictions, cells: Cells, clusters: string[] | null): ResamplingPlan {
  const units = clusters === null ? unitsOfSamples(predictions) : unitsOfClusters(predictions, clusters);
  units.sort((a, b) => a.stratum - b.stratum);
  const stratumStart = [0];
  const unitStart = [0];
  const cellOfEntry: number[] = [];
  for (const [u, unit] of units.entries()) {
    if (u > 0 && unit.stratum !== units[u - 1]!.stratum) stratumStart.push(u);
    for (const sample of unit.samples) cellOfEntry.push(cells.ofSample[sample]!);
    unitStart.push(cellOfEntry.length);
  }
  stratumStart.push(units.length);
  return {
    stratumStart: Int32Array.from(stratumStart),
    unitStart: Int32Array.from(unitStart),
    cellOfEntry: Int32Array.from(cellOfEntry),
  };
}

/**
 * Draws one resample.
 * @param samplesOfCell overwritten with the number of samples drawn of each cell
 */
export function drawResample(plan: ResamplingPlan, random: Random, samplesOfCell: Int32Array): void {
  const { stratumStart, unitStart, cellOfEntry } = plan;
  samplesOfCell.fill(0);
  for (let s = 0; s + 1 < stratumStart.length; s++) {
    const start = stratumStart[s]!;
    const size = stratumStart[s + 1]! - start;
    for (let draw = 0; draw < size; draw++) {
      const unit = start + random.integer(size);
      const end = unitStart[unit + 1]!;
      for (let entry = unitStart[unit]!; entry < end; entry++) samplesOfCell[cellOfEntry[entry]!]!++;
    }
  }
}

function unitsOfSamples({ labels, groups, classCount }: Predictions): Unit[] {
  return Array.from(labels, (label, i) => ({ stratum: groups[i]! * classCount + label, samples: [i] }));
}

function unitsOfClusters({ groups }: Predictions, clusters: string[]): Unit[] {
  const units: Unit[] = [];
  const unitOfCluster = new Map<string, Unit>();
  for (const [i, cluster] of clusters.entries()) {
    let unit = cluster === '' ? undefined : unitOfCluster.get(cluster);
    if (!unit) {
      unit = { stratum: 0, samples: [] };
      units.push(unit);
      if (cluster !== '') unitOfCluster.set(cluster, unit);
    }
    unit.samples.push(i);
    // Bit q says that the cluster occurs in group q.
    unit.stratum |= 1 << groups[i]!;
  }
  return units;
}
