import type { DatasetFormat } from './datasetFormat';
import { skinTypeOption } from './groupOptions';

export const derivedFitzpatrick: DatasetFormat = {
  name: 'Fitzpatrick17k, table of the pruning authors',
  headers: [['hasher', 'high', 'mid', 'low', 'fitzpatrick']],
  imageColumns: ['hasher'],
  labels: [
    { title: 'low: 114 conditions', columns: ['low'] },
    { title: 'mid: 9 partitions', columns: ['mid'] },
    { title: 'high: 3 partitions', columns: ['high'] },
  ],
  groups: [skinTypeOption('fitzpatrick')],
  clusterColumns: [],
  totals: [],
  notes: ['Labels are whole numbers; which condition a number stands for is not in this table.'],
};
