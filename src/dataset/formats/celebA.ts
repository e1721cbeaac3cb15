import type { DatasetFormat, GroupOption, LabelOption } from './datasetFormat';

const attributes =
  'Smiling Attractive Blond_Hair Wavy_Hair Heavy_Makeup Eyeglasses Mouth_Slightly_Open High_Cheekbones Big_Nose Bags_Under_Eyes Black_Hair Brown_Hair Gray_Hair Wearing_Lipstick Wearing_Hat Young Male'.split(
    ' ',
  );

const labelOf = (name: string): LabelOption => ({
  title: name.replaceAll('_', ' '),
  columns: [name],
  merge: { '1': name, '-1': `no ${name}`, '0': `no ${name}` },
});

const groupOf = (column: string, group0: string[], group1: string[], names: [string, string]): GroupOption => ({
  title: column,
  column,
  rule: { kind: 'values', group0, group1 },
  names,
});

export const celebA: DatasetFormat = {
  name: 'CelebA',
  headers: [['image_id', '5_o_clock_shadow', 'smiling', 'male', 'young']],
  imageColumns: ['image_id'],
  labels: attributes.map(labelOf),
  groups: [
    groupOf('Male', ['-1', '0'], ['1'], ['not Male', 'Male']),
    groupOf('Young', ['-1', '0'], ['1'], ['not Young', 'Young']),
  ],
  clusterColumns: [],
  givenSplit: { column: 'partition', values: { 0: 'train', 1: 'validation', 2: 'test' } },
  totals: [],
  notes: [
    'Attributes are 1 or −1. With list_eval_partition beside it the official split is used.',
    'Pictures of one person lie in one official split; a drawn split cannot know that.',
  ],
};
