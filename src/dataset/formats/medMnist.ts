import type { DatasetFormat } from './datasetFormat';

export const medMnist: DatasetFormat = {
  name: 'MedMNIST',
  headers: [],
  imageColumns: ['image'],
  labels: [{ title: 'label', columns: ['label'] }],
  groups: [],
  clusterColumns: [],
  givenSplit: { column: 'split', values: { train: 'train', val: 'validation', test: 'test' } },
  totals: [],
  notes: [
    'The archive has no sensitive attribute. Put a table beside it with a column of image names (train_0, val_0, test_0, … in the order of the arrays) and one for the attribute.',
    'Labels are whole numbers. DermaMNIST’s splits (7,007, 1,003 and 2,005 images) share lesions and copies: look at the duplicates.',
  ],
};
