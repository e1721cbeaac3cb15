import sharp, { type Sharp } from 'sharp';
import { expect, it } from 'vitest';
import { decodeImageBySharp } from './decodeImageBySharp';

/** Left half red, right half blue, 8 × 4. */
const halves = Uint8Array.from({ length: 8 * 4 * 3 }, (_, at) => {
  const left = Math.floor(at / 3) % 8 < 4;
  return at % 3 === (left ? 0 : 2) ? 255 : 0;
});
const picture = () => sharp(halves, { raw: { width: 8, height: 4, channels: 3 } });
const blobOf = async (image: Sharp) => new Blob([new Uint8Array(await image.toBuffer())]);
const pixel = (pixels: Uint8Array, size: number, x: number, y: number) => [
  ...pixels.subarray((y * size + x) * 3, (y * size + x) * 3 + 3),
];

it('squeezes, pads with the grey asked for, and crops the middle', async () => {
  const blob = await blobOf(picture().png());
  const squeezed = await decodeImageBySharp(blob, 4);
  expect([pixel(squeezed, 4, 0, 0), pixel(squeezed, 4, 3, 3)]).toEqual([
    [255, 0, 0],
    [0, 0, 255],
  ]);
  const padded = await decodeImageBySharp(blob, 8, { kind: 'pad', fill: 7 });
  expect([0, 1, 2, 6, 7].map((y) => pixel(padded, 8, 0, y)[0])).toEqual([7, 7, 255, 7, 7]);
  const cropped = await decodeImageBySharp(blob, 4, { kind: 'crop', margin: 0 });
  expect([0, 1, 2, 3].map((x) => pixel(cropped, 4, x, 0))).toEqual([
    [255, 0, 0],
    [255, 0, 0],
    [0, 0, 255],
    [0, 0, 255],
  ]);
});

it('turns a photograph upright by its EXIF orientation', async () => {
  // Orientation 6, by EXIF's definition: row 0 of the stored picture is the right side, column 0 is the top.
  const blob = await blobOf(picture().withMetadata({ orientation: 6 }).png());
  const pixels = await decodeImageBySharp(blob, 4);
  expect([pixel(pixels, 4, 0, 0), pixel(pixels, 4, 0, 3)]).toEqual([
    [255, 0, 0],
    [0, 0, 255],
  ]);
});

it('lays what is transparent on white, takes 16 bits and grey, and reads BMP', async () => {
  const clear = sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 10, g: 20, b: 30, alpha: 0 } } });
  expect(pixel(await decodeImageBySharp(await blobOf(clear.png()), 4), 4, 1, 1)).toEqual([255, 255, 255]);
  const grey = sharp(
    Uint8Array.from({ length: 16 }, () => 128),
    { raw: { width: 4, height: 4, channels: 1 } },
  );
  expect(pixel(await decodeImageBySharp(await blobOf(grey.png()), 4), 4, 2, 2)).toEqual([128, 128, 128]);
  const deep = sharp(
    Uint16Array.from({ length: 16 }, () => 0x8080),
    { raw: { width: 4, height: 4, channels: 1 } },
  );
  const deepBlob = await blobOf(deep.toColourspace('grey16').png());
  expect(pixel(await decodeImageBySharp(deepBlob, 4), 4, 2, 2)).toEqual([128, 128, 128]);
  expect(pixel(await decodeImageBySharp(bmpOf(1, 2, 3), 2), 2, 0, 0)).toEqual([1, 2, 3]);
});

it('refuses what is empty, cut off or no image, with the reason', async () => {
  await expect(decodeImageBySharp(new Blob([]), 4)).rejects.toThrow('the file is empty');
  await expect(decodeImageBySharp(new Blob(['text']), 4)).rejects.toThrow('it cannot be decoded');
  const whole = new Uint8Array(await picture().resize(64, 64).jpeg().toBuffer());
  await expect(decodeImageBySharp(new Blob([whole.subarray(0, whole.length >> 1)]), 4)).rejects.toThrow(
    'it cannot be decoded',
  );
});

/** A BMP of 2 × 2 pixels of 24 bits, as its specification has it: rows from below, blue first, padded to four bytes. */
function bmpOf(r: number, g: number, b: number): Blob {
  const bytes = new Uint8Array(54 + 16);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, 2, true);
  view.setInt32(22, 2, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (const row of [54, 62]) bytes.set([b, g, r, b, g, r], row);
  return new Blob([bytes]);
}
