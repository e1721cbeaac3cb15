import { expect, test } from 'vitest';
import { readPublishedTable } from './readPublishedTable';

const values = (text: string) =>
  readPublishedTable(text).rows.map(({ table, method, quantities, criteria }) => ({
    table,
    method,
    quantities: [...quantities].map(([name, { groups, avg, diff }]) => [
      name,
      groups.map((group) => group?.value),
      avg?.value,
      diff?.value,
    ]),
    criteria: [...criteria].map(([name, { value, fate }]) => [name, value?.value, fate?.value]),
  }));

test('a Markdown table in the layout of the paper, with a row per group and value / FATE in one cell', () => {
  const text = `## Table A
| Method | Skin Tone | F1-score | Eopp1 ↓ / FATE ↑ |
|:--|:--|--:|--:|
| **VGG** | Dark | .546 | .361/.0000 |
| | Light | .473 | |
| | Avg. ↑ | **.510** | |
| | Diff. ↓ | .073 | |
| SCP | Dark | .551 | .286 / −.2371 |
| | Light | .499 | |
| | Avg. ↑ | .525 | |
| | Diff. ↓ | .052 | |`;
  expect(values(text)).toEqual([
    {
      table: 'Table A',
      method: 'VGG',
      quantities: [['F1', [0.546, 0.473], 0.51, 0.073]],
      criteria: [['Eopp1', 0.361, 0]],
    },
    {
      table: 'Table A',
      method: 'SCP',
      quantities: [['F1', [0.551, 0.499], 0.525, 0.052]],
      criteria: [['Eopp1', 0.286, -0.2371]],
    },
  ]);
});

test('a bare FATE column belongs to the criterion to its left, and percentages are shares', () => {
  const text =
    'Approach\tF1 dark (%)\tF1 light (%)\tAverage F1 (%)\tEopp0\tFATE\tEodd\tFATE\nA\t50\t40\t45.0\t.01\t.1\t.2\t.3';
  expect(values(text)).toEqual([
    {
      table: '',
      method: 'A',
      quantities: [['F1', [0.5, 0.4], 0.45, undefined]],
      criteria: [
        ['Eopp0', 0.01, 0.1],
        ['Eodd', 0.2, 0.3],
      ],
    },
  ]);
});

test('trailing zeros count: .510 is known to a thousandth, .51 to a hundredth', () => {
  const [row] = readPublishedTable('Method,F1,Eodd\nA,.510,.51').rows;
  const f1 = row!.quantities.get('F1')!.avg!;
  const eodd = row!.criteria.get('Eodd')!.value!;
  expect(f1.low).toBeCloseTo(0.5095, 12);
  expect(f1.high).toBeCloseTo(0.5105, 12);
  expect(eodd.low).toBeCloseTo(0.505, 12);
  expect(eodd.high).toBeCloseTo(0.515, 12);
});

test('two Markdown tables keep their names, and what cannot be read is told', () => {
  const { rows, unusedColumns, unreadableCells } = readPublishedTable(
    'Fitzpatrick\n\n| Model | F1 | Params |\n|--|--|--|\n| A | n/a | 9M |\n\nISIC\n\n| Model | F1 |\n|--|--|\n| B | 0.7 ± 0.01 |',
  );
  expect(rows.map(({ table, method }) => [table, method])).toEqual([
    ['Fitzpatrick', 'A'],
    ['ISIC', 'B'],
  ]);
  expect(rows[1]!.quantities.get('F1')!.avg!.value).toBe(0.7);
  expect(unusedColumns).toEqual(['Params']);
  expect(unreadableCells).toEqual([{ table: 'Fitzpatrick', method: 'A', column: 'F1', text: 'n/a' }]);
});

test.each([
  ['nothing', '', 'table-unreadable'],
  ['column names alone', 'Method,F1', 'table-unreadable'],
  ['a row that is too short', 'Method,F1,Eodd\nA,0.5', 'table-unreadable'],
  ['no column that can be checked', 'Name,Colour\nA,red', 'column-missing'],
])('%s is an error by name', (_, text, code) => {
  expect(() => readPublishedTable(text)).toThrow(expect.objectContaining({ code }));
});
