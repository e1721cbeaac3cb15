import type { MethodDescription } from '../../methods/methodDescription';

const source = { publication: 'Nowhere, 2026.', code: null, differences: ['It is made up.'], unknown: [] };

/** Two methods, of which the second has a setting of every kind and needs a teacher. */
export const fakeMethods: MethodDescription[] = [
  {
    id: 'plain',
    label: 'Plain',
    meaning: 'Trains as usual.',
    formula: 'loss = cross-entropy',
    source,
    needsGroup: false,
    needsTeacher: false,
    settings: [],
  },
  {
    id: 'made-up',
    label: 'Made up',
    meaning: 'Does something to the groups.',
    formula: 'loss = cross-entropy + w · 0',
    source,
    needsGroup: true,
    needsTeacher: true,
    settings: [
      {
        name: 'weight',
        label: 'Weight w',
        meaning: 'Multiplies nothing.',
        unit: 'share',
        initial: 0.5,
        range: 'a number from 0 to 1',
        values: { kind: 'number', bound: { least: 0, most: 1 } },
      },
      {
        name: 'hard',
        label: 'Hard counts',
        meaning: 'Counts.',
        initial: false,
        range: 'on or off',
        values: { kind: 'switch' },
      },
    ],
  },
];
