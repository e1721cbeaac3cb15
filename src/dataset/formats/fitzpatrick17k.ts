import type { DatasetFormat } from './datasetFormat';
import { skinTypeOption } from './groupOptions';

const rows = 16_577;

export const fitzpatrick17k: DatasetFormat = {
  name: 'Fitzpatrick17k',
  headers: [
    ['md5hash', 'fitzpatrick_scale', 'label', 'nine_partition_label', 'three_partition_label'],
    ['md5hash', 'fitzpatrick', 'label', 'nine_partition_label', 'three_partition_label'],
  ],
  imageColumns: ['md5hash'],
  labels: [
    { title: '3 partitions', columns: ['three_partition_label'] },
    { title: '9 partitions', columns: ['nine_partition_label'] },
    { title: '114 conditions', columns: ['label'] },
  ],
  groups: [
    skinTypeOption('fitzpatrick_scale', 'Scale AI'),
    skinTypeOption('fitzpatrick_centaur', 'Centaur Labs'),
    skinTypeOption('fitzpatrick'),
  ],
  clusterColumns: [],
  totals: [
    {
      rows,
      column: 'fitzpatrick_scale',
      counts: [
        { name: 'types 1–3', values: ['1', '2', '3'], count: 11_063 },
        { name: 'types 4–6', values: ['4', '5', '6'], count: 4_949 },
        { name: 'unknown', values: ['-1'], count: 565 },
      ],
    },
    { rows, column: 'fitzpatrick_centaur', counts: [{ name: 'unknown', values: ['-1'], count: 1_073 }] },
  ],
  notes: [
    'Two groups of annotators gave skin types and do not always agree; −1 is unknown.',
    'Images are named <md5hash>.jpg and are downloaded from the URLs; 41 rows have none.',
    'There is no patient column: pictures of one person may lie in several splits. Look at the duplicates.',
    'Many of the 114 conditions have few images of dark skin: merge classes, or use the partitions.',
  ],
};
