import type { DatasetFormat } from './datasetFormat';

export const ddi: DatasetFormat = {
  name: 'DDI',
  headers: [['ddi_id', 'ddi_file', 'skin_tone', 'malignant', 'disease']],
  imageColumns: ['DDI_file'],
  labels: [
    { title: 'malignant', columns: ['malignant'], merge: { true: 'malignant', false: 'benign' } },
    { title: 'disease', columns: ['disease'] },
  ],
  groups: [
    {
      title: 'skin tone, 5–6 against 1–2',
      column: 'skin_tone',
      rule: { kind: 'values', group0: ['56'], group1: ['12'] },
      names: ['dark (types 5–6)', 'light (types 1–2)'],
    },
    {
      title: 'skin tone, 3–6 against 1–2',
      column: 'skin_tone',
      rule: { kind: 'values', group0: ['34', '56'], group1: ['12'] },
      names: ['types 3–6', 'types 1–2'],
    },
  ],
  clusterColumns: [],
  totals: [],
  notes: [
    'The whole set has 656 images, and is usually used for testing only: too few to train on.',
    'Skin tones are 12, 34 and 56: types 1–2, 3–4 and 5–6. Against 1–2, the middle ones are left out unless you choose otherwise.',
  ],
};
