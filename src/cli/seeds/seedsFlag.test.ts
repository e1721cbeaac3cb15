import { expect, it } from 'vitest';
import { seedsFlag } from './seedsFlag';

const read = (text: string) => seedsFlag.read(text, 'seeds');

it.each([
  ['3', [3]],
  ['1-5', [1, 2, 3, 4, 5]],
  ['1,3,7', [1, 3, 7]],
  ['9, 0-2', [9, 0, 1, 2]],
])('reads %s', (text, seeds) => {
  expect(read(text)).toEqual(seeds);
});

it.each([
  ['', /neither a seed nor a range/],
  ['5-1', /"5-1" is neither/],
  ['1,x', /"x" is neither/],
  ['1-3,2', /The seed 2 is given twice/],
  ['1-1000000000', /More than 200/],
  ['1.5', /neither/],
  ['-1', /neither/],
])('refuses "%s"', (text, message) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({ code: 'config-invalid', message: expect.stringMatching(message) }),
  );
});
