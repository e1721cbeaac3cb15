import { expect, it } from 'vitest';
import { formatColumns } from './output';

it('numbers stand to the right, words to the left', () => {
  expect(
    formatColumns(
      ['layer', 'MACs', 'prunable'],
      [
        ['conv1', '1,200', 'yes'],
        ['fc', '64', 'no convolution'],
      ],
    ),
  ).toBe(
    [
      'layer   MACs  prunable',
      '─────  ─────  ──────────────',
      'conv1  1,200  yes',
      'fc        64  no convolution',
    ].join('\n'),
  );
});
