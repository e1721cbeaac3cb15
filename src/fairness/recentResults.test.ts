import { expect, it } from 'vitest';
import { createRecentResults } from './recentResults';

it('computes once under a key, and lets go of what was asked for longest ago', async () => {
  const recent = createRecentResults<string>(2);
  const computed: string[] = [];
  const get = (key: string) =>
    recent.get(key, async () => {
      computed.push(key);
      return key.toUpperCase();
    });
  expect(await get('a')).toBe('A');
  expect(await get('b')).toBe('B');
  expect(await get('a')).toBe('A');
  await get('c');
  expect(await get('a')).toBe('A');
  expect(computed).toEqual(['a', 'b', 'c']);
  await get('b');
  expect(computed).toEqual(['a', 'b', 'c', 'b']);
});

it('keeps nothing of a computation that fails', async () => {
  const recent = createRecentResults<number>(2);
  await expect(recent.get('a', () => Promise.reject(new Error('cancelled')))).rejects.toThrow('cancelled');
  expect(await recent.get('a', async () => 1)).toBe(1);
});
