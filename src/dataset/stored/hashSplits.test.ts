import { expect, it } from 'vitest';
import { hashSplits } from './hashSplits';

it('hashes the names of each split in order: first 16 digits of what sha256sum prints', async () => {
  // printf 'a\nc' | sha256sum; printf 'b' | sha256sum; printf '' | sha256sum
  expect(await hashSplits(['a', 'b', 'c'], [0, 1, 0])).toEqual({
    train: '9e58d7137c654f52',
    validation: '3e23e8160039594a',
    test: 'e3b0c44298fc1c14',
  });
});

it('changes when two names change places', async () => {
  const [one, other] = await Promise.all([hashSplits(['a', 'b'], [0, 0]), hashSplits(['b', 'a'], [0, 0])]);
  expect(one.train).not.toBe(other.train);
});
