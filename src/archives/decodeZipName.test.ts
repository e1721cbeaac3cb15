import { expect, it } from 'vitest';
import { decodeZipName } from './decodeZipName';

// Bytes of code page 437 as in its table: ä is 0x84, ü 0x81, ß 0xe1, é 0x82.
it.each([
  ['code page 437', [0x4c, 0x84, 0x73, 0x81, 0xe1, 0x82], 'Läsüßé'],
  ['UTF-8, marked or not', [0x4c, 0xc3, 0xa4], 'Lä'],
])('reads names in %s', (_, bytes, name) => {
  expect(decodeZipName(Uint8Array.from(bytes))).toBe(name);
});
