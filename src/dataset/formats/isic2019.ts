import type { DatasetFormat } from './datasetFormat';
import { ageOption, sexOption } from './groupOptions';

const classes = ['MEL', 'NV', 'BCC', 'AK', 'BKL', 'DF', 'VASC', 'SCC', 'UNK'];

export const isic2019: DatasetFormat = {
  name: 'ISIC 2019',
  headers: [
    ['image', ...classes.map((name) => name.toLowerCase())],
    ['image', 'age_approx', 'anatom_site_general', 'lesion_id', 'sex'],
  ],
  imageColumns: ['image'],
  labels: [{ title: 'diagnosis (one column each)', columns: classes }],
  groups: [sexOption('sex', 'female', 'male'), ageOption('age_approx')],
  clusterColumns: ['lesion_id'],
  totals: [
    {
      rows: 25_331,
      column: 'sex',
      counts: [
        { name: 'male', values: ['male'], count: 13_286 },
        { name: 'female', values: ['female'], count: 11_661 },
        { name: 'blank', values: [''], count: 384 },
      ],
    },
    { rows: 25_331, column: 'age_approx', counts: [{ name: 'blank', values: [''], count: 437 }] },
  ],
  notes: [
    'The truth and the metadata are two files, joined on the image; copies that have both in one file work too.',
    'Several images show one lesion: the split keeps a lesion together. 2,084 images have no lesion and count as one each.',
    'UNK is all zero in the training set, so it makes no class.',
  ],
};
