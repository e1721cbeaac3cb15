import type { DatasetFormat } from './datasetFormat';
import { ageOption, sexOption } from './groupOptions';

export const ham10000: DatasetFormat = {
  name: 'HAM10000',
  headers: [['lesion_id', 'image_id', 'dx', 'dx_type', 'age', 'sex', 'localization']],
  imageColumns: ['image_id'],
  labels: [{ title: 'diagnosis', columns: ['dx'] }],
  groups: [sexOption('sex', 'female', 'male'), ageOption('age')],
  clusterColumns: ['lesion_id'],
  totals: [],
  notes: [
    'The whole set has 10,015 rows. Copies with 18,832 rows repeat images to even out the classes: each image is used once.',
    'Several images show one lesion: the split keeps a lesion together.',
  ],
};
