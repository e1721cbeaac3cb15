import type { DatasetFormat } from './datasetFormat';

const unverified: [string, string] = ['code 0', 'code 1'];

export const isicSexTable: DatasetFormat = {
  name: 'ISIC table with coded sex',
  headers: [
    ['image', 'low', 'gender'],
    ['image', 'class_id', 'sex_id'],
  ],
  imageColumns: ['image'],
  labels: [
    { title: 'class', columns: ['low'] },
    { title: 'class', columns: ['class_id'] },
  ],
  groups: ['gender', 'sex_id'].map((column) => ({
    title: 'sex',
    column,
    rule: { kind: 'values', group0: ['0'], group1: ['1'] },
    names: unverified,
  })),
  clusterColumns: [],
  totals: ['gender', 'sex_id'].map((column) => ({
    rows: 24_947,
    column,
    // Should 1 be female, these two are exchanged, and the check says so.
    counts: [
      { name: 'code 1, if it is male', values: ['1'], count: 13_286 },
      { name: 'code 0, if it is female', values: ['0'], count: 11_661 },
    ],
  })),
  notes: [
    'The table does not say which sex 0 and 1 stand for, nor which diagnosis a number is.',
    'There is no lesion column: images of one lesion may lie in several splits.',
  ],
  confirm: 'I know from another source which sex 0 and 1 stand for, and have named the groups after it.',
};
