import type { Random } from '../../foundation/random';
import type { ClassifiedSamples } from '../countConfusion';

/**
 * What one replicate draws. A unit is what is drawn at once: a sample, or a cluster with all its samples. A stratum is a
 * set of units of which as many are drawn, with replacement, as it has.
 */
export interface ResamplingPlan {
  /** Units of stratum s are `stratumStart[s]` up to, not including, `stratumStart[s + 1]`. */
  stratumStart: Int32Array;
  /** Entries of unit u in `slotOfEntry` are `unitStart[u]` up to, not including, `unitStart[u + 1]`. */
  unitStart: Int32Array;
  /** Where each sample is counted, unit after unit. */
  slotOfEntry: Int32Array;
}

/** What has to be known of the samples to draw among them. */
type DrawnSamples = Pick<ClassifiedSamples, 'labels' | 'groups' | 'classCount'>;

interface Unit {
  stratum: number;
  samples: number[];
}

/**
 * Lays out the resampling of samples within group × class, or of clusters.
 *
 * Clusters are drawn among those that occur in the same groups (with two: 0 only, 1 only, both), so that no resample
 * loses a group; classes are left to chance.
 *
 * @param slotOfSample where each sample is counted: its cell, or its own position
 * @param clusters cluster of each sample, or null; a sample with an empty text is a cluster of its own
 */
export function planResampling(
  samples: DrawnSamples,
  slotOfSample: Int32Array,
  clusters: string[] | null,
): ResamplingPlan {
  const units = clusters === null ? unitsOfSamples(samples) : unitsOfClusters(samples, clusters);
  units.sort((a, b) => a.stratum - b.stratum);
  const stratumStart = [0];
  const unitStart = [0];
  const slotOfEntry: number[] = [];
  for (const [u, unit] of units.entries()) {
    if (u > 0 && unit.stratum !== units[u - 1]!.stratum) stratumStart.push(u);
    for (const sample of unit.samples) slotOfEntry.push(slotOfSample[sample]!);
    unitStart.push(slotOfEntry.length);
  }
  stratumStart.push(units.length);
  return {
    stratumStart: Int32Array.from(stratumStart),
    unitStart: Int32Array.from(unitStart),
    slotOfEntry: Int32Array.from(slotOfEntry),
  };
}

/**
 * Draws one resample.
 * @param samplesOfSlot overwritten with the number of samples drawn of each slot
 */
export function drawResample(plan: ResamplingPlan, random: Random, samplesOfSlot: Int32Array): void {
  const { stratumStart, unitStart, slotOfEntry } = plan;
  samplesOfSlot.fill(0);
  for (let s = 0; s + 1 < stratumStart.length; s++) {
    const start = stratumStart[s]!;
    const size = stratumStart[s + 1]! - start;
    for (let draw = 0; draw < size; draw++) {
      const unit = start + random.integer(size);
      const end = unitStart[unit + 1]!;
      for (let entry = unitStart[unit]!; entry < end; entry++) samplesOfSlot[slotOfEntry[entry]!]!++;
    }
  }
}

function unitsOfSamples({ labels, groups, classCount }: DrawnSamples): Unit[] {
  return Array.from(labels, (label, i) => ({ stratum: groups[i]! * classCount + label, samples: [i] }));
}

function unitsOfClusters({ groups }: DrawnSamples, clusters: string[]): Unit[] {
  const unitOfCluster = new Map<string, number[]>();
  const samplesOfUnits: number[][] = [];
  for (const [i, cluster] of clusters.entries()) {
    let samples = cluster === '' ? undefined : unitOfCluster.get(cluster);
    if (!samples) {
      samples = [];
      samplesOfUnits.push(samples);
      if (cluster !== '') unitOfCluster.set(cluster, samples);
    }
    samples.push(i);
  }
  const strata = new Map<string, number>();
  return samplesOfUnits.map((samples) => {
    const groupSet = [...new Set(samples.map((i) => groups[i]!))].sort((a, b) => a - b).join();
    if (!strata.has(groupSet)) strata.set(groupSet, strata.size);
    return { stratum: strata.get(groupSet)!, samples };
  });
}
