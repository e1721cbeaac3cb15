import { describe, expect, it } from 'vitest';
import { describeDuplicates } from './describeDuplicates';

const dataset = {
  // Image 9 is not used; sample 0 shows image 5.
  imageIndices: [5, 4, 3, 2, 1, 0],
  samples: { labels: [0, 0, 0, 1, 1, 1], groups: [0, 0, 0, 0, 1, 1], splits: [0, 0, 2, 1, 1, 1] },
};

describe('describeDuplicates', () => {
  it('names the samples, those across splits and in conflict first, and passes over images that are not used', () => {
    expect(
      describeDuplicates(dataset, [
        [4, 5],
        [2, 9],
        [0, 1],
        [3, 2],
      ]),
    ).toEqual([
      { samples: [2, 3], crossesSplits: true, conflicts: true },
      { samples: [0, 1], crossesSplits: false, conflicts: false },
      { samples: [4, 5], crossesSplits: false, conflicts: false },
    ]);
  });

  it('sees a conflict of groups as well as one of labels', () => {
    expect(describeDuplicates(dataset, [[1, 2]])[0]).toMatchObject({ crossesSplits: false, conflicts: true });
  });

  it('takes two samples that show one image of a group', () => {
    expect(describeDuplicates({ ...dataset, imageIndices: [7, 7, 3, 2, 1, 0] }, [[7, 8]])).toHaveLength(1);
  });
});
