import { beforeAll, describe, expect, it } from 'vitest';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { createSilentContext } from '../../foundation/createJobControl';
import { greyPng } from '../../testing/dataset/greyPng';
import type { SourceFile } from '../files/sourceFile';
import { decodeImage } from './decodeImage';
import { openImageSet } from './imageSet/openImageSet';
import { type ImportedImages, importImages } from './importImages';

const addresses = import.meta.glob<string>('./fixtures/*.{jpg,png,webp}', {
  query: '?url',
  import: 'default',
  eager: true,
});
const imageSize = 24;
/** Files that are drawn by the test itself. */
const madeHere = 4;

type Colour = [number, number, number];
const red: Colour = [200, 40, 40];
const blue: Colour = [40, 40, 200];
const white: Colour = [255, 255, 255];
/** BT.601 luma of the two. */
const greyRed: Colour = [88, 88, 88];
const greyBlue: Colour = [58, 58, 58];

let imported: ImportedImages;
let pixelsOf: (name: string) => Uint8Array;

beforeAll(async () => {
  const sources = await Promise.all(Object.entries(addresses).map(fetchSource));
  const [width, height] = [12_000, 9_000];
  const large = await greyPng(width, height, (x) => (x < width / 2 ? 50 : 220));
  sources.push(asSource('large.png', large));
  sources.push(asSource('drawn.png', await drawn(300, 'image/png')));
  sources.push(asSource('drawn-small.jpg', await drawn(90, 'image/jpeg', 0.5)));
  sources.push(asSource('drawn-mirrored.png', await drawn(300, 'image/png', 1, -1)));
  const store = createMemoryFileStore();
  imported = await importImages(
    sources,
    { imageSize },
    { store, decodeImage, decoder: 'this browser' },
    createSilentContext(),
    async (made) => made,
  );
  const images = await openImageSet(store, imported.manifest.id);
  await images.prepare();
  pixelsOf = (name) => {
    const [, index] = [...imported.indexOf].find(([{ path }]) => path === name)!;
    return images.readPixels([index]);
  };
});

async function fetchSource([path, address]: [string, string]): Promise<SourceFile> {
  return asSource(path.replace('./fixtures/', ''), await (await fetch(address)).blob());
}

function asSource(path: string, file: Blob): SourceFile {
  return { path, sizeBytes: file.size, read: () => Promise.resolve(file) };
}

/** One picture, of any size; mirrored with -1. */
async function drawn(size: number, type: string, quality = 1, mirror = 1): Promise<Blob> {
  const canvas = new OffscreenCanvas(size, size);
  const surface = canvas.getContext('2d')!;
  surface.translate(mirror < 0 ? size : 0, 0);
  surface.scale((mirror * size) / 100, size / 100);
  surface.fillStyle = '#d8a890';
  surface.fillRect(0, 0, 100, 100);
  for (const [x, y, radius, colour] of [
    [30, 40, 20, '#5a3020'],
    [62, 55, 14, '#803828'],
    [70, 20, 9, '#b06a58'],
  ] as const) {
    surface.fillStyle = colour;
    surface.beginPath();
    surface.ellipse(x, y, radius, radius * 0.7, 0.5, 0, 7);
    surface.fill();
  }
  return canvas.convertToBlob({ type, quality });
}

function expectPixel(name: string, x: number, y: number, colour: Colour, tolerance = 10) {
  const pixel = pixelsOf(name).subarray((y * imageSize + x) * 3, (y * imageSize + x) * 3 + 3);
  const worst = Math.max(...colour.map((value, channel) => Math.abs(value - pixel[channel]!)));
  expect(worst, `${name} at ${x}, ${y} is ${pixel.join(', ')}`).toBeLessThanOrEqual(tolerance);
}

describe('importing images that a decoder may trip over', () => {
  it.each<[string, Colour, Colour]>([
    ['progressive.jpg', red, blue],
    ['cmyk.jpg', red, blue],
    ['grey.jpg', greyRed, greyBlue],
    ['palette.png', red, blue],
    ['sixteen-bit.png', red, blue],
    ['alpha.png', red, white],
    ['png-named.jpg', red, blue],
    ['halves.webp', red, blue],
    ['one-pixel.png', red, red],
    ['large.png', [50, 50, 50], [220, 220, 220]],
  ])('%s has its colours on both sides', (name, left, right) => {
    expectPixel(name, 3, 20, left);
    expectPixel(name, 20, 20, right);
  });

  it('a photo is turned as its EXIF block says: what was the upper left corner is the upper right one', () => {
    expectPixel('rotated.jpg', 22, 2, white, 20);
    expectPixel('rotated.jpg', 2, 2, red, 20);
    expectPixel('rotated.jpg', 12, 20, blue, 20);
  });

  it('names what cannot be used with the reason, and goes on with the rest', () => {
    const reasons = Object.fromEntries([...imported.reasonOf].map(([{ path }, reason]) => [path, reason]));
    expect(reasons).toEqual({
      'empty.jpg': 'the file is empty',
      'page-named.jpg': 'it is a web page, not an image; the download may have failed',
      'tiff-named.jpg': 'it is of the kind TIFF, which is not read; save it as JPEG, PNG or WebP',
      'bomb.png': 'it has 60000 × 60000 pixels; more than 16,384 × 16,384 are not read',
      'cut-off.jpg': 'the browser cannot decode it; the file is damaged or not the image its name says',
    });
    expect(imported.indexOf.size + imported.reasonOf.size).toBe(Object.keys(addresses).length + madeHere);
    expect(imported.manifest.imageCount).toBe(imported.indexOf.size);
  });

  it('takes the same picture in another format, size and compression as a look-alike, and a mirrored one not', () => {
    const setOf = (name: string) => {
      const [, index] = [...imported.indexOf].find(([{ path }]) => path === name)!;
      return imported.manifest.duplicateGroups.findIndex((group) => group.includes(index));
    };
    const shared = setOf('palette.png');
    expect(shared).toBeGreaterThanOrEqual(0);
    for (const name of ['progressive.jpg', 'sixteen-bit.png', 'halves.webp']) expect(setOf(name), name).toBe(shared);
    expect(setOf('large.png')).not.toBe(shared);
    expect(setOf('drawn.png')).toBeGreaterThanOrEqual(0);
    expect(setOf('drawn-small.jpg')).toBe(setOf('drawn.png'));
    expect(setOf('drawn-mirrored.png')).not.toBe(setOf('drawn.png'));
  });
});
