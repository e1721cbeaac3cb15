import { expect, it } from 'vitest';
import { fakeDataset } from '../app/testing/fakeData';
import { printFindings } from './printFindings';
import { recordedOutput } from './testing/recordedOutput';

it('says in words what an import left out, with examples, and to programs the whole finding', () => {
  const findings = [
    {
      kind: 'row-without-image' as const,
      message: '4 rows without an image, left out.',
      count: 4,
      examples: ['a', 'b', 'c', 'd'],
    },
    { kind: 'small-cell' as const, message: '1 combination of class and group.', count: 1, examples: ['mel × f'] },
  ];
  const { output, texts, events } = recordedOutput();
  printFindings({ ...fakeDataset(), findings }, output);
  expect(texts).toEqual([
    '4 rows without an image, left out. (a, b, c, …)',
    '1 combination of class and group. (mel × f)',
  ]);
  expect(events).toEqual([expect.objectContaining({ kind: 'dataset', findings })]);
});
