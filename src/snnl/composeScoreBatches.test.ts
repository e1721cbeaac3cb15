import { describe, expect, it } from 'vitest';
import { composeScoreBatches } from './composeScoreBatches';
import { snnlPresets } from './snnlOptions';

/** 300 samples, every fourth in group 0, stored sorted by group: the worst case for file order. */
const indices = Int32Array.from({ length: 300 }, (_, i) => 1000 + i);
const groups = Array.from({ length: 300 }, (_, i) => (i < 75 ? 0 : 1));
const groupOf = (index: number) => groups[index - 1000]!;
const stratified = { ...snnlPresets.paper, batchSize: 40 };
const inFileOrder = { ...snnlPresets['authors-code'], batchSize: 40 };

describe('composeScoreBatches, stratified', () => {
  it('gives every batch the groups’ shares, to within one image', () => {
    for (const batch of composeScoreBatches(indices, groups, stratified, 1)) {
      const ofGroup0 = batch.filter((index) => groupOf(index) === 0).length;
      expect(Math.abs(ofGroup0 - batch.length / 4)).toBeLessThanOrEqual(1);
    }
  });

  it('uses every sample once, the last ones in a short batch', () => {
    const batches = composeScoreBatches(indices, groups, stratified, 1);
    expect(batches.map((batch) => batch.length)).toEqual([40, 40, 40, 40, 40, 40, 40, 20]);
    expect(batches.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual([...indices]);
  });

  it('is decided by the seed', () => {
    const compose = (seed: number) => composeScoreBatches(indices, groups, stratified, seed);
    expect(compose(5)).toEqual(compose(5));
    expect(compose(5)).not.toEqual(compose(6));
  });

  it('sorts each batch by group', () => {
    for (const batch of composeScoreBatches(indices, groups, stratified, 2)) {
      const inside = [...batch].map(groupOf);
      expect(inside).toEqual([...inside].sort((a, b) => a - b));
    }
  });
});

describe('composeScoreBatches, in file order', () => {
  it('cuts the samples as stored, and drops a short last batch when told to', () => {
    const batches = composeScoreBatches(indices, groups, inFileOrder, 1);
    expect(batches).toHaveLength(7);
    expect([...batches[0]!]).toEqual(Array.from({ length: 40 }, (_, i) => 1000 + i));
    expect(composeScoreBatches(indices, groups, { ...inFileOrder, dropShortBatch: false }, 1)).toHaveLength(8);
  });

  it('leaves out a single image at the end, which has no pair', () => {
    const options = { ...inFileOrder, dropShortBatch: false };
    const batches = composeScoreBatches(indices.slice(0, 81), groups, options, 1);
    expect(batches.map((batch) => batch.length)).toEqual([40, 40]);
  });

  it('makes no batch of fewer images than one when short ones are dropped', () => {
    expect(composeScoreBatches(indices.slice(0, 39), groups, inFileOrder, 1)).toEqual([]);
  });
});
