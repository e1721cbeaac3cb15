import { namesTable } from '../tables/tabulatePaths';
import type { DatasetFormat } from './datasetFormat';
import { ageOption, sexOption } from './groupOptions';

export const utkFace: DatasetFormat = {
  name: 'UTKFace',
  headers: [['path', 'age', 'age_band', 'gender', 'race']],
  imageColumns: ['path'],
  labels: [
    { title: 'age band', columns: ['age_band'] },
    { title: 'gender', columns: ['gender'] },
  ],
  groups: [
    {
      title: 'race',
      column: 'race',
      rule: { kind: 'values', group0: ['Black', 'Asian', 'Indian', 'Other'], group1: ['White'] },
      names: ['all others', 'White'],
    },
    sexOption('gender', 'female', 'male'),
    ageOption('age'),
  ],
  clusterColumns: [],
  totals: [],
  notes: [
    `Everything is in the file names, ${namesTable} here: age, gender (0 male, 1 female), race (0 White, 1 Black, 2 Asian, 3 Indian, 4 Other).`,
    'A few names lack a field. Their images are left out and counted as images without a row.',
  ],
};
