import type { ImportPlan } from '../../dataset/mapping/parseMapping';

/** A mapping file's content: one table, two groups by value. */
export const samplePlan: ImportPlan = {
  join: { table: 't.csv', imageColumns: ['image'], joins: [] },
  mapping: {
    version: 1,
    format: null,
    label: { columns: ['label'], merge: {}, minClassSize: 1 },
    group: {
      column: 'sex',
      rule: { kind: 'values', group0: ['f'], group1: ['m'] },
      names: ['f', 'm'],
      missing: 'exclude',
    },
    clusterColumn: null,
    givenSplit: null,
  },
  split: { trainRatio: 0.5, validationRatio: 0.25, testRatio: 0.25, seed: 4 },
};
