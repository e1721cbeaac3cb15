import type { DatasetFormat } from './datasetFormat';
import { ageOption, sexOption, skinTypeOption } from './groupOptions';

export const padUfes20: DatasetFormat = {
  name: 'PAD-UFES-20',
  headers: [['patient_id', 'lesion_id', 'fitspatrick', 'diagnostic', 'img_id', 'gender']],
  imageColumns: ['img_id'],
  labels: [{ title: 'diagnosis', columns: ['diagnostic'] }],
  groups: [skinTypeOption('fitspatrick'), sexOption('gender', 'FEMALE', 'MALE'), ageOption('age')],
  clusterColumns: ['patient_id', 'lesion_id'],
  totals: [],
  notes: [
    'Skin type and gender are blank in many rows, mostly of lesions without a biopsy: leaving them out leaves other diagnoses.',
    'The skin type column is spelled fitspatrick, with decimals (3.0).',
    'Images lie in three folders; a patient has several, and the split keeps a patient together.',
  ],
};
