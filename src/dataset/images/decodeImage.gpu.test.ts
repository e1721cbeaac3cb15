import { describe, expect, it } from 'vitest';
import { decodeImage } from './decodeImage';

type Paint = (surface: OffscreenCanvasRenderingContext2D, width: number, height: number) => void;

async function makeImage(type: string, width: number, height: number, paint: Paint): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const surface = canvas.getContext('2d')!;
  paint(surface, width, height);
  return canvas.convertToBlob({ type, quality: 1 });
}

function fill(colour: string): Paint {
  return (surface, width, height) => {
    surface.fillStyle = colour;
    surface.fillRect(0, 0, width, height);
  };
}

/** Left half red, right half blue. */
const halves: Paint = (surface, width, height) => {
  fill('#ff0000')(surface, width, height);
  surface.fillStyle = '#0000ff';
  surface.fillRect(width / 2, 0, width / 2, height);
};

function pixel(pixels: Uint8Array, size: number, x: number, y: number): number[] {
  return Array.from(pixels.subarray((y * size + x) * 3, (y * size + x) * 3 + 3));
}

/** Puts an EXIF block with an orientation behind the start marker of a JPEG. */
async function withOrientation(jpeg: Blob, orientation: number): Promise<Blob> {
  const bytes = new Uint8Array(await jpeg.arrayBuffer());
  // APP1, length 34, "Exif", big-endian TIFF with one entry: tag 0x0112, type SHORT, count 1.
  const exif = [
    0xff,
    0xe1,
    0,
    34,
    0x45,
    0x78,
    0x69,
    0x66,
    0,
    0,
    0x4d,
    0x4d,
    0,
    0x2a,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  return new Blob([bytes.slice(0, 2), Uint8Array.from(exif), bytes.slice(2)], { type: 'image/jpeg' });
}

describe('decodeImage', () => {
  it.each(['image/png', 'image/jpeg', 'image/webp'])('decodes %s to RGB of the size asked for', async (type) => {
    const pixels = await decodeImage(await makeImage(type, 40, 40, fill('#c86432')), 16);
    expect(pixels).toHaveLength(16 * 16 * 3);
    for (const [channel, value] of [200, 100, 50].entries()) {
      // Lossy formats may be off by a few levels.
      expect(Math.abs(pixel(pixels, 16, 8, 8)[channel]! - value)).toBeLessThanOrEqual(type === 'image/png' ? 0 : 4);
    }
  });

  it('squeezes an oblong image to a square, corner to corner', async () => {
    const pixels = await decodeImage(await makeImage('image/png', 90, 30, halves), 8);
    expect(pixel(pixels, 8, 0, 0)).toEqual([255, 0, 0]);
    expect(pixel(pixels, 8, 7, 7)).toEqual([0, 0, 255]);
  });

  it('pads an oblong image in its shape: 90 × 30 becomes 12 × 4, with the grey asked for above and below', async () => {
    const blob = await makeImage('image/png', 90, 30, halves);
    const pixels = await decodeImage(blob, 12, { kind: 'pad', fill: 114 });
    for (const y of [0, 3, 8, 11]) expect(pixel(pixels, 12, 6, y)).toEqual([114, 114, 114]);
    for (const y of [4, 7]) {
      expect(pixel(pixels, 12, 0, y)).toEqual([255, 0, 0]);
      expect(pixel(pixels, 12, 11, y)).toEqual([0, 0, 255]);
    }
  });

  it('lays transparency on white, and not what is beside a padded image', async () => {
    const blob = await makeImage('image/png', 30, 90, () => undefined);
    const pixels = await decodeImage(blob, 9, { kind: 'pad', fill: 0 });
    expect([2, 3, 5, 6].map((x) => pixel(pixels, 9, x, 4)[0])).toEqual([0, 255, 255, 0]);
  });

  it('crops the square in the middle, less the margin', async () => {
    // Red, green, red: the green begins and ends 20 pixels from the middle of 120.
    const bands: Paint = (surface, width, height) => {
      fill('#ff0000')(surface, width, height);
      surface.fillStyle = '#00ff00';
      surface.fillRect(40, 0, 40, height);
    };
    const blob = await makeImage('image/png', 120, 60, bands);
    const cropped = await decodeImage(blob, 12, { kind: 'crop', margin: 0 });
    // The 60 pixels in the middle: 10 of red, 40 of green, 10 of red; five to a pixel.
    expect([0, 4, 7, 11].map((x) => pixel(cropped, 12, x, 6)[0]! > 127)).toEqual([true, false, false, true]);
    const closer = await decodeImage(blob, 12, { kind: 'crop', margin: 0.5 });
    for (const x of [0, 6, 11]) expect(pixel(closer, 12, x, 6)).toEqual([0, 255, 0]);
  });

  it('pads and crops a photo as it stands upright by its EXIF orientation', async () => {
    const jpeg = await withOrientation(await makeImage('image/jpeg', 64, 32, halves), 6);
    // Upright it is 32 × 64, red above and blue below.
    const padded = await decodeImage(jpeg, 16, { kind: 'pad', fill: 0 });
    expect(pixel(padded, 16, 1, 8)).toEqual([0, 0, 0]);
    expect(pixel(padded, 16, 8, 2)[0]).toBeGreaterThan(200);
    expect(pixel(padded, 16, 8, 13)[2]).toBeGreaterThan(200);
    const cropped = await decodeImage(jpeg, 16, { kind: 'crop', margin: 0 });
    expect(pixel(cropped, 16, 1, 2)[0]).toBeGreaterThan(200);
    expect(pixel(cropped, 16, 1, 13)[2]).toBeGreaterThan(200);
  });

  it('lays transparency on white', async () => {
    const clear = await decodeImage(await makeImage('image/png', 8, 8, () => undefined), 4);
    expect(pixel(clear, 4, 2, 2)).toEqual([255, 255, 255]);
    const half = await decodeImage(await makeImage('image/png', 8, 8, fill('rgba(0, 0, 0, 0.5)')), 4);
    expect(Math.abs(pixel(half, 4, 2, 2)[0]! - 127.5)).toBeLessThanOrEqual(1.5);
  });

  it('turns a photo upright by its EXIF orientation', async () => {
    const jpeg = await makeImage('image/jpeg', 32, 32, halves);
    const plain = await decodeImage(jpeg, 16);
    expect(pixel(plain, 16, 2, 8)[0]).toBeGreaterThan(200);
    // 6: to be turned a quarter clockwise. What was left is now on top.
    const turned = await decodeImage(await withOrientation(jpeg, 6), 16);
    expect(pixel(turned, 16, 8, 2)[0]).toBeGreaterThan(200);
    expect(pixel(turned, 16, 8, 13)[2]).toBeGreaterThan(200);
  });

  it('averages when it makes smaller, so that fine stripes become grey', async () => {
    const stripes: Paint = (surface, width, height) => {
      fill('#000000')(surface, width, height);
      surface.fillStyle = '#ffffff';
      for (let x = 0; x < width; x += 2) surface.fillRect(x, 0, 1, height);
    };
    const pixels = await decodeImage(await makeImage('image/png', 256, 256, stripes), 16);
    for (let x = 1; x < 15; x++) expect(Math.abs(pixel(pixels, 16, x, 8)[0]! - 127.5)).toBeLessThan(20);
  });

  it('says why when a file is empty, cut off at the start or something else', async () => {
    await expect(decodeImage(new Blob([]), 8)).rejects.toThrow('the file is empty');
    const png = await makeImage('image/png', 8, 8, fill('#123456'));
    await expect(decodeImage(png.slice(0, 20), 8)).rejects.toThrow('cannot decode');
    await expect(decodeImage(new Blob(['image,dx']), 8)).rejects.toThrow('cannot decode');
  });
});
