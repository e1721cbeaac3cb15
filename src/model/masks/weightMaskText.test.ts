import { expect, it } from 'vitest';
import { makeWeightMask } from './weightMask';
import { weightMaskSchema, writeWeightMask } from './weightMaskText';

/** Elements 0, 3 and 8 of nine: bits 1001 0000 and 1, lowest first, are the bytes 9 and 1. */
const mask = makeWeightMask({ layer: 'conv', weight: 'kernel', shape: [3, 3] }, (i) => [0, 3, 8].includes(i));
const text = { layer: 'conv', weight: 'kernel', shape: [3, 3], heldAtZero: 3, zeros: 'CQE=' };

it('a mask is a bit per element in base64, with their count, and is read back', () => {
  expect(writeWeightMask(mask)).toEqual(text);
  expect(weightMaskSchema.parse(text)).toEqual(mask);
});

it.each([
  ['bits that are cut off', { zeros: 'CQ==' }, 'not one bit for each of its 9 elements'],
  ['more bits than elements', { zeros: 'CQEA' }, 'not one bit for each of its 9 elements'],
  ['a bit behind the last element', { zeros: 'CQM=' }, 'not one bit for each of its 9 elements'],
  ['what is no base64', { zeros: '?' }, 'not one bit for each of its 9 elements'],
  ['the shape of another weight', { shape: [9, 9] }, 'not one bit for each of its 81 elements'],
  ['another count', { heldAtZero: 2 }, 'holds 3 elements at zero, not 2 as told'],
  ['a shape beyond all memory', { shape: [1e9, 1e9, 1e9] }, 'not one bit for each'],
])('refuses %s', (_, change, message) => {
  const parsed = weightMaskSchema.safeParse({ ...text, ...change });
  expect(parsed.error?.issues[0]?.message).toContain(message);
});
