import type { DatasetFormat } from './datasetFormat';
import { sexOption } from './groupOptions';

export const fairFace: DatasetFormat = {
  name: 'FairFace',
  headers: [['file', 'age', 'gender', 'race', 'service_test']],
  imageColumns: ['file'],
  labels: [
    { title: 'gender', columns: ['gender'] },
    { title: 'age band', columns: ['age'] },
  ],
  groups: [
    {
      title: 'race',
      column: 'race',
      rule: {
        kind: 'values',
        group0: ['Black', 'Latino_Hispanic', 'East Asian', 'Southeast Asian', 'Indian', 'Middle Eastern'],
        group1: ['White'],
      },
      names: ['all others', 'White'],
    },
    sexOption('gender', 'Female', 'Male'),
  ],
  clusterColumns: [],
  totals: [],
  notes: [
    'Labels of train and val are two files; dropped together, they make the splits train and validation, and the test is drawn.',
    'Validation has 10,954 rows. Age is in bands (20-29, more than 70), not in numbers.',
  ],
};
