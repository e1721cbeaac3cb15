import { expect, it } from 'vitest';
import { crc32 } from './crc32';

it('gives the check value of the catalogue of CRCs for "123456789", and 0 for nothing', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

it('goes on from the bytes before', () => {
  const digits = new TextEncoder().encode('123456789');
  expect(crc32(digits.subarray(4), crc32(digits.subarray(0, 4)))).toBe(0xcbf43926);
});
