import { expect, it } from 'vitest';
import { parseWholeNumber } from './parseWholeNumber';

const limits = { least: -5, most: 512 };

it.each([
  ['0', 0],
  ['-5', -5],
  ['512', 512],
])('reads %s', (text, value) => {
  expect(parseWholeNumber('seed', text, limits)).toBe(value);
});

it.each(['abc', '', ' 1', '1.5', '1e2', '0x10', '-6', '513', 'Infinity'])('refuses "%s" by name', (text) => {
  expect(() => parseWholeNumber('image', text, limits)).toThrow(
    expect.objectContaining({ code: 'config-invalid', message: expect.stringContaining('--image') }),
  );
});
