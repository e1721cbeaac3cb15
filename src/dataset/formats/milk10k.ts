import type { DatasetFormat } from './datasetFormat';
import { ageOption, sexOption } from './groupOptions';

const classes = ['AKIEC', 'BCC', 'BEN_OTH', 'BKL', 'DF', 'INF', 'MAL_OTH', 'MEL', 'NV', 'SCCKA', 'VASC'];

export const milk10k: DatasetFormat = {
  name: 'MILK10k',
  headers: [
    ['lesion_id', ...classes.map((name) => name.toLowerCase())],
    ['lesion_id', 'image_type', 'isic_id', 'sex', 'skin_tone_class'],
  ],
  imageColumns: ['isic_id'],
  labels: [{ title: 'diagnosis (one column each)', columns: classes }],
  groups: [
    sexOption('sex', 'female', 'male'),
    {
      title: 'skin tone class, 0–2 against 3–5',
      column: 'skin_tone_class',
      rule: { kind: 'cut', from: 3, above: 1 },
      names: ['tone classes 0–2', 'tone classes 3–5'],
    },
    ageOption('age_approx'),
  ],
  clusterColumns: ['lesion_id'],
  totals: [],
  notes: [
    'The truth is per lesion, joined on lesion_id; each lesion has a close-up and a dermoscopic image, and stays in one split.',
    'This set is known here from third-party code alone. Check which end of the skin tone classes is dark before you use them.',
  ],
};
