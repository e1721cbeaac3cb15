import { expect, it } from 'vitest';
import { isOutside } from './isOutside';

const own = 'http://127.0.0.1:5173';

it.each([
  ['http://127.0.0.1:5173/assets/a.js', false],
  ['/wasm/tfjs.wasm', false],
  ['data:image/png;base64,AA', false],
  ['blob:http://127.0.0.1:5173/1-2-3', false],
  ['http://127.0.0.1:9999/a.js', true],
  ['https://example.org/font.woff2', true],
])('%s leads outside: %s', (address, expected) => {
  expect(isOutside(address, own)).toBe(expected);
});
