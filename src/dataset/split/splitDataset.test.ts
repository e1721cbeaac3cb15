import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SplitName } from '../splitName';
import type { SplitInput } from './formUnits';
import { splitDataset } from './splitDataset';
import { defaultSplitSettings } from './splitSettings';

/** Samples of class × group cells of the given sizes, two groups per class. */
function cells(...sizes: number[]): SplitInput {
  const list = sizes.flatMap((size, cell) => Array.from({ length: size }, () => cell));
  return {
    labels: list.map((cell) => cell >> 1),
    groups: list.map((cell) => cell & 1),
    clusters: null,
    given: null,
  };
}

function countCells({ labels, groups }: SplitInput, splits: number[], cell: number): number[] {
  return [0, 1, 2].map(
    (code) => splits.filter((split, i) => split === code && labels[i]! * 2 + groups[i]! === cell).length,
  );
}

describe('splitDataset', () => {
  it('gives every cell of class × group its 60/20/20', () => {
    const input = cells(100, 50, 10, 5);
    const splits = splitDataset(input, defaultSplitSettings);
    expect(countCells(input, splits, 0)).toEqual([60, 20, 20]);
    expect(countCells(input, splits, 1)).toEqual([30, 10, 10]);
    expect(countCells(input, splits, 2)).toEqual([6, 2, 2]);
    expect(countCells(input, splits, 3)).toEqual([3, 1, 1]);
  });

  it('carries what rounding leaves over, so that many small cells still fill every part', () => {
    const splits = splitDataset(cells(...Array.from({ length: 20 }, () => 2)), defaultSplitSettings);
    expect([0, 1, 2].map((code) => splits.filter((split) => split === code).length)).toEqual([24, 8, 8]);
  });

  it('is decided by the seed', () => {
    const input = cells(30, 30);
    const again = splitDataset(input, defaultSplitSettings);
    expect(splitDataset(input, defaultSplitSettings)).toEqual(again);
    expect(splitDataset(input, { ...defaultSplitSettings, seed: 2 })).not.toEqual(again);
  });

  it('never splits a cluster and keeps the shares within one cluster, over random inputs', () => {
    const sample = fc.record({ label: fc.nat(3), group: fc.nat(1), cluster: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 200 }), fc.integer(), (samples, seed) => {
        const clusters = samples.map(({ cluster }) => `patient ${cluster}`);
        const splits = splitDataset(
          {
            labels: samples.map(({ label }) => label),
            groups: samples.map(({ group }) => group),
            clusters,
            given: null,
          },
          { ...defaultSplitSettings, seed },
        );
        const partsOf = new Map<string, Set<number>>();
        for (const [i, cluster] of clusters.entries()) {
          partsOf.set(cluster, (partsOf.get(cluster) ?? new Set()).add(splits[i]!));
        }
        expect([...partsOf.values()].every((parts) => parts.size === 1)).toBe(true);
        const largest = Math.max(...[...partsOf.keys()].map((name) => clusters.filter((c) => c === name).length));
        for (const [code, ratio] of [0.6, 0.2, 0.2].entries()) {
          const excess = splits.filter((split) => split === code).length - ratio * samples.length;
          expect(excess).toBeLessThanOrEqual(largest);
        }
      }),
    );
  });

  it('keeps a given split', () => {
    const given: SplitName[] = ['test', 'train', 'validation', 'train'];
    const input = { labels: [0, 1, 0, 1], groups: [0, 0, 1, 1], clusters: null, given };
    expect(splitDataset(input, defaultSplitSettings)).toEqual([2, 0, 1, 0]);
  });

  it('draws the validation part that a given split lacks from its training samples alone', () => {
    const input = cells(40, 40);
    const given = input.labels.map((_, i): SplitName => (i % 2 === 0 ? 'train' : 'test'));
    const splits = splitDataset({ ...input, given }, defaultSplitSettings);
    expect(given.every((name, i) => (name === 'test') === (splits[i] === 2))).toBe(true);
    // 0.2 of the 0.6 + 0.2 that train and validation share.
    expect(splits.filter((split) => split === 1)).toHaveLength(10);
  });

  it('leaves a part empty whose share is 0', () => {
    const splits = splitDataset(cells(10, 10), { trainRatio: 3, validationRatio: 1, testRatio: 0, seed: 1 });
    expect([0, 1, 2].map((code) => splits.filter((split) => split === code).length)).toEqual([15, 5, 0]);
  });
});
