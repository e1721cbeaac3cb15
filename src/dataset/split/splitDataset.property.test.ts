import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SplitInput } from './formUnits';
import { splitDataset } from './splitDataset';

const ratio = fc.integer({ min: 1, max: 8 });
const settings = fc.record({ trainRatio: ratio, validationRatio: ratio, testRatio: ratio, seed: fc.integer() });
const sample = fc.record({ label: fc.nat(4), group: fc.nat(1) });

/** Samples of each part in each cell of class × group, beside the share that the part should have. */
function deviations(input: SplitInput, splits: number[], ratios: number[]): Map<number, number[]> {
  const ratioSum = ratios.reduce((sum, value) => sum + value, 0);
  const cells = new Map<number, number[]>();
  for (const [index, label] of input.labels.entries()) {
    const cell = label * 2 + input.groups[index]!;
    const counts = cells.get(cell) ?? [0, 0, 0];
    counts[splits[index]!]!++;
    cells.set(cell, counts);
  }
  return new Map(
    [...cells].map(([cell, counts]) => {
      const size = counts.reduce((sum, value) => sum + value, 0);
      return [cell, counts.map((count, part) => Math.abs(count - (size * ratios[part]!) / ratioSum))];
    }),
  );
}

function partsOfClusters(clusters: readonly string[], splits: readonly number[]): Set<number>[] {
  const parts = new Map<string, Set<number>>();
  for (const [index, cluster] of clusters.entries()) {
    parts.set(cluster, (parts.get(cluster) ?? new Set()).add(splits[index]!));
  }
  return [...parts.values()];
}

describe('splitDataset, for any table of classes, groups and patients', () => {
  it('gives every sample one part, and without patients is less than one sample off in every cell of every part', () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 150 }), settings, (samples, split) => {
        const input: SplitInput = {
          labels: samples.map(({ label }) => label),
          groups: samples.map(({ group }) => group),
          clusters: null,
          given: null,
        };
        const splits = splitDataset(input, split);
        expect(splits).toHaveLength(samples.length);
        expect(splits.every((part) => part === 0 || part === 1 || part === 2)).toBe(true);
        const ratios = [split.trainRatio, split.validationRatio, split.testRatio];
        for (const offs of deviations(input, splits, ratios).values()) {
          for (const off of offs) expect(off).toBeLessThan(1);
        }
      }),
    );
  });

  it('never divides a patient, whatever classes and groups the images of one have', () => {
    const withPatient = fc.record({ label: fc.nat(3), group: fc.nat(1), patient: fc.nat(30) });
    fc.assert(
      fc.property(fc.array(withPatient, { minLength: 1, maxLength: 200 }), settings, (samples, split) => {
        const clusters = samples.map(({ patient }) => `p${patient}`);
        const splits = splitDataset(
          {
            labels: samples.map(({ label }) => label),
            groups: samples.map(({ group }) => group),
            clusters,
            given: null,
          },
          split,
        );
        expect(partsOfClusters(clusters, splits).every(({ size }) => size === 1)).toBe(true);
      }),
    );
  });

  it('is less than one sample off in every cell wherever trying all ways to place the patients finds one that is', () => {
    // Few patients, so that all 3^n ways can be tried; each has one to four images of one class and group.
    const patient = fc.record({ label: fc.nat(1), group: fc.nat(1), images: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(patient, { minLength: 1, maxLength: 7 }), settings, (patients, split) => {
        const images = patients.flatMap((each, index) =>
          Array.from({ length: each.images }, () => ({ ...each, index })),
        );
        const input: SplitInput = {
          labels: images.map(({ label }) => label),
          groups: images.map(({ group }) => group),
          clusters: images.map(({ index }) => `p${index}`),
          given: null,
        };
        const ratios = [split.trainRatio, split.validationRatio, split.testRatio];
        const worst = (splits: number[]) => Math.max(...[...deviations(input, splits, ratios).values()].flat());
        const ways = Array.from({ length: 3 ** patients.length }, (_, way) =>
          images.map(({ index }) => Math.floor(way / 3 ** index) % 3),
        );
        fc.pre(ways.some((splits) => worst(splits) < 1 - 1e-9));
        expect(worst(splitDataset(input, split))).toBeLessThan(1);
      }),
      { numRuns: 150 },
    );
  });

  it('is off by less than the largest patient of a cell, when every patient has one class and group', () => {
    const patient = fc.record({ label: fc.nat(2), group: fc.nat(1), images: fc.integer({ min: 1, max: 6 }) });
    fc.assert(
      fc.property(fc.array(patient, { minLength: 1, maxLength: 60 }), settings, (patients, split) => {
        const images = patients.flatMap((each, index) =>
          Array.from({ length: each.images }, () => ({ ...each, index })),
        );
        const input: SplitInput = {
          labels: images.map(({ label }) => label),
          groups: images.map(({ group }) => group),
          clusters: images.map(({ index }) => `p${index}`),
          given: null,
        };
        const ratios = [split.trainRatio, split.validationRatio, split.testRatio];
        for (const [cell, offs] of deviations(input, splitDataset(input, split), ratios)) {
          const sizes = patients.filter(({ label, group }) => label * 2 + group === cell).map((each) => each.images);
          for (const off of offs) expect(off).toBeLessThan(Math.max(...sizes) + 1);
        }
      }),
    );
  });
});
