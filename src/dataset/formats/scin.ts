import { topConditionColumn } from '../tables/addTopCondition';
import type { DatasetFormat } from './datasetFormat';
import { sexOption, skinTypeOption } from './groupOptions';

export const scin: DatasetFormat = {
  name: 'SCIN',
  headers: [['case_id', 'age_group', 'sex_at_birth', 'fitzpatrick_skin_type']],
  imageColumns: ['image_1_path', 'image_2_path', 'image_3_path'],
  labels: [{ title: 'condition with the greatest weight', columns: [topConditionColumn] }],
  groups: [
    skinTypeOption('fitzpatrick_skin_type', 'self-report', 'FST'),
    skinTypeOption('dermatologist_fitzpatrick_skin_type_label_1', 'dermatologist 1', 'FST'),
    sexOption('sex_at_birth', 'FEMALE', 'MALE'),
  ],
  clusterColumns: ['case_id'],
  totals: [],
  notes: [
    'Labels are in a file of their own, joined on case_id. A case has up to three images, and the split keeps a case together.',
    'The skin type that people report and the one that is estimated differ; NONE_SELECTED is unknown.',
    'A case has several conditions with weights; the heaviest is taken, and a case where two are equal has no label.',
  ],
};
