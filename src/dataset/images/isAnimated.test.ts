import { describe, expect, it } from 'vitest';
import { isAnimated } from './isAnimated';

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));

/** A picture of a GIF without a table of its own: descriptor, code size, one block of data. */
const picture = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
const size = [1, 0, 1, 0, 0x80, 0, 0];
const colours = [0, 0, 0, 255, 255, 255];
const comment = [0x21, 0xfe, 2, 0x2c, 0x2c, 0];
const gif = (pictures: number) => [
  ...ascii('GIF89a'),
  ...size,
  ...colours,
  ...comment,
  ...Array.from({ length: pictures }, () => picture).flat(),
  0x3b,
];
const png = (...chunks: string[]) => [
  0x89,
  ...ascii('PNG\r\n\u001a\n'),
  ...chunks.flatMap((name) => [0, 0, 0, 1, ...ascii(name), 7, 0, 0, 0, 0]),
];
const webp = (flags: number) => [...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBPVP8X'), 10, 0, 0, 0, flags];

describe('isAnimated', () => {
  it.each([
    ['a GIF of two pictures', gif(2), true],
    ['a GIF of one', gif(1), false],
    ['an APNG', png('IHDR', 'acTL', 'IDAT'), true],
    ['a PNG', png('IHDR', 'IDAT', 'acTL'), false],
    ['an animated WebP', webp(0b10), true],
    ['a WebP with transparency', webp(0b10000), false],
    ['a JPEG', [0xff, 0xd8, 0xff, 0xe0], false],
    ['a GIF that is cut off', gif(2).slice(0, 30), false],
  ])('%s', (_, bytes, expected) => {
    expect(isAnimated(Uint8Array.from(bytes))).toBe(expected);
  });
});
