import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testMapping, testRecords } from '../../testing/dataset/testRecords';
import { defaultSplitSettings } from '../split/splitSettings';
import { describeDuplicates } from '../stored/describeDuplicates';
import { applyMapping, countSamples } from './applyMapping';
import { defaultLookAlikeRule, type LookAlikeRule } from './datasetMapping';

const columns = {
  dx: ['mel', 'mel', 'nev', 'nev', 'mel', 'nev'],
  sex: ['male', 'male', 'female', 'female', 'female', 'male'],
};
/** Images 0, 1 and 4 look the same, with the groups male, male, female; images 2 and 3 agree. */
const lookAlikes = [
  [0, 1, 4],
  [2, 3],
];

function map(rule: Partial<LookAlikeRule>) {
  const mapping = { ...testMapping, lookAlikes: { ...defaultLookAlikeRule, ...rule } };
  const { imageIndices, images } = applyMapping(testRecords(columns), mapping, defaultSplitSettings, lookAlikes);
  return {
    imageIndices,
    leftOut: images.leftOut,
    total: images.used + images.leftOut.reduce((n, { count }) => n + count, 0),
  };
}

describe('look-alikes', () => {
  it('are all used unless the mapping says otherwise', () => {
    expect(map({})).toEqual({ imageIndices: [0, 1, 2, 3, 4, 5], leftOut: [], total: 6 });
  });

  it('are used once each when copies are left out', () => {
    const leftOut = [{ kind: 'look-alike-dropped', count: 3 }];
    expect(map({ copies: 'drop' })).toEqual({ imageIndices: [0, 2, 5], leftOut, total: 6 });
  });

  it('are left out as a whole set when their rows differ', () => {
    const leftOut = [{ kind: 'look-alike-in-conflict', count: 3 }];
    expect(map({ conflicts: 'drop' })).toEqual({ imageIndices: [2, 3, 5], leftOut, total: 6 });
  });

  it('never lie in two splits, alone or linked by patients, over random sets', () => {
    const image = fc.record({ label: fc.nat(2), group: fc.nat(1), patient: fc.nat(60), set: fc.nat(30) });
    const withPatients = fc.boolean();
    fc.assert(
      fc.property(
        fc.array(image, { minLength: 12, maxLength: 150 }),
        withPatients,
        fc.integer(),
        (images, isBy, seed) => {
          const records = testRecords({
            dx: images.map(({ label }) => `class ${label}`),
            sex: images.map(({ group }) => (group === 0 ? 'female' : 'male')),
            patient: images.map(({ patient }) => `p${patient}`),
          });
          const duplicateGroups = [...new Set(images.map(({ set }) => set))]
            .map((set) => images.flatMap((each, index) => (each.set === set && set < 15 ? [index] : [])))
            .filter(({ length }) => length > 1);
          const mapping = {
            ...testMapping,
            clusterColumn: isBy ? 'patient' : null,
            lookAlikes: defaultLookAlikeRule,
          };
          const samples = applyMapping(records, mapping, { ...defaultSplitSettings, seed }, duplicateGroups);
          const found = describeDuplicates({ samples, imageIndices: samples.imageIndices }, duplicateGroups);
          expect(found.filter(({ crossesSplits }) => crossesSplits)).toEqual([]);
          if (!isBy) return;
          const splitOf = new Map<string, number>();
          for (const [sample, cluster] of samples.clusters!.entries()) {
            expect(splitOf.get(cluster) ?? samples.splits[sample]).toBe(samples.splits[sample]);
            splitOf.set(cluster, samples.splits[sample]!);
          }
        },
      ),
    );
  });

  it('leave every cell of class and group less than one sample away from its share where single images can even it out', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 20 }), (seed, pairs) => {
        // Of each of four cells: `pairs` pairs of look-alikes and 100 single images.
        const each = 2 * pairs + 100;
        const cells = [0, 1, 2, 3].flatMap((cell) => Array.from({ length: each }, () => cell));
        const records = testRecords({
          dx: cells.map((cell) => `class ${cell >> 1}`),
          sex: cells.map((cell) => (cell & 1 ? 'male' : 'female')),
        });
        const duplicateGroups = [0, 1, 2, 3].flatMap((cell) =>
          Array.from({ length: pairs }, (_, pair) => [cell * each + 2 * pair, cell * each + 2 * pair + 1]),
        );
        const mapping = { ...testMapping, lookAlikes: defaultLookAlikeRule };
        const samples = applyMapping(records, mapping, { ...defaultSplitSettings, seed }, duplicateGroups);
        const shares = [0.6, 0.2, 0.2];
        for (const [split, classes] of countSamples(samples).entries()) {
          for (const count of classes.flat()) expect(Math.abs(count - shares[split]! * each)).toBeLessThan(1);
        }
      }),
      { numRuns: 30 },
    );
  });
});
