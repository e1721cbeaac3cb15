import { describe, expect, it } from 'vitest';
import { everySample, filterSamples } from './filterSamples';

const dataset = {
  samples: {
    names: [],
    labels: [0, 1, 0, 1, 0],
    groups: [0, 0, 1, 1, 0],
    splits: [0, 1, 2, 0, 2],
    clusters: null,
  },
};

describe('filterSamples', () => {
  it('gives every sample where nothing is asked', () => {
    expect(filterSamples(dataset, everySample)).toEqual([0, 1, 2, 3, 4]);
  });

  it('asks for class, group and split together, class 0 and group 0 among them', () => {
    expect(filterSamples(dataset, { ...everySample, label: 0 })).toEqual([0, 2, 4]);
    expect(filterSamples(dataset, { ...everySample, group: 0, split: 'test' })).toEqual([4]);
    expect(filterSamples(dataset, { label: 1, group: 1, split: 'train' })).toEqual([3]);
    expect(filterSamples(dataset, { label: 1, group: 1, split: 'test' })).toEqual([]);
  });
});
