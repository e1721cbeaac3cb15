import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64';

it.each([0, 1, 2, 3, 24_575, 24_576, 24_577, 100_000])('writes and reads %d bytes as Node does', (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 151) % 256);
  const text = toBase64(bytes);
  expect(text === Buffer.from(bytes).toString('base64')).toBe(true);
  expect(Buffer.compare(fromBase64(text)!, bytes)).toBe(0);
});

it.each(['a', 'ä===', 'abc!'])('gives nothing for "%s", which is no base64', (text) => {
  expect(fromBase64(text)).toBeNull();
});
