import { colourAt, greyAt, perceptualHashBytes } from './perceptualHash';

/** Of the 128 comparisons of two hashes, how many may differ for the images to count as the same. */
export const maxHashDistance = 7;
/** By how much the mean grey of each cell may differ, of 255. */
export const maxGreyDistance = 8;
/** By how much each mean colour may differ, of 255. */
export const maxColourDistance = 12;

/** Greys this wide apart are never near, so that what is near lies in one bin or in the next. */
const binWidth = 2 * maxGreyDistance + 1;
const binBits = 4;
/** Cells by whose bins candidates are found; each one halves what is worth a look, and doubles the bins to look into. */
const searchedCells = 6;
const imagesPerBreath = 256;

/**
 * Finds images that look the same: hashes that differ in at most {@link maxHashDistance} comparisons, in no cell's grey by
 * more than {@link maxGreyDistance} and in no mean colour by more than {@link maxColourDistance}. Images that are linked by
 * others are in one group.
 *
 * Images are only compared where their greys lie in the same or neighbouring bins in each of the six cells that vary most
 * over all images, as those of near images must; so the time grows far slower than with the square of the images.
 *
 * @param hashes of all images, one after the other, each {@link perceptualHashBytes} long
 * @param breathe awaited now and then; may throw
 * @returns positions of the images, ascending in each group; groups of two and more, by their first image
 */
export async function findDuplicateGroups(
  hashes: Uint8Array,
  breathe: () => Promise<void> = async () => undefined,
): Promise<number[][]> {
  const count = hashes.length / perceptualHashBytes;
  const parents = Int32Array.from({ length: count }, (_, image) => image);
  const distinct = joinEqual(hashes, count, parents);
  await joinNear(hashes, distinct, parents, breathe);
  const groups = new Map<number, number[]>();
  for (let image = 0; image < count; image++) {
    const root = rootOf(parents, image);
    const group = groups.get(root);
    if (group) group.push(image);
    else groups.set(root, [image]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Joins images with equal hashes. Returns one of each, so that a thousand copies are compared once. */
function joinEqual(hashes: Uint8Array, count: number, parents: Int32Array): number[] {
  const firsts = new Map<string, number>();
  const distinct: number[] = [];
  for (let image = 0; image < count; image++) {
    const at = image * perceptualHashBytes;
    const key = String.fromCharCode(...hashes.subarray(at, at + perceptualHashBytes));
    const first = firsts.get(key);
    if (first !== undefined) parents[image] = first;
    else {
      firsts.set(key, image);
      distinct.push(image);
    }
  }
  return distinct;
}

async function joinNear(
  hashes: Uint8Array,
  images: readonly number[],
  parents: Int32Array,
  breathe: () => Promise<void>,
) {
  const cells = mostVaryingCells(hashes, images);
  const bins = new Map<number, number[]>();
  for (const [index, image] of images.entries()) {
    if (index % imagesPerBreath === 0) await breathe();
    for (const key of keysAround(hashes, image, cells)) {
      for (const other of bins.get(key) ?? []) {
        if (isNear(hashes, image, other)) parents[rootOf(parents, image)] = rootOf(parents, other);
      }
    }
    const own = cells.reduce((key, at) => (key << binBits) | binOf(greyOf(hashes, image, at)), 0);
    const bin = bins.get(own);
    if (bin) bin.push(image);
    else bins.set(own, [image]);
  }
}

/** Where in a hash the greys lie that tell images apart best. */
function mostVaryingCells(hashes: Uint8Array, images: readonly number[]): number[] {
  const variances: { at: number; variance: number }[] = [];
  for (let at = greyAt; at < colourAt; at++) {
    let [sum, squares] = [0, 0];
    for (const image of images) {
      const grey = greyOf(hashes, image, at);
      sum += grey;
      squares += grey * grey;
    }
    variances.push({ at, variance: squares / images.length - (sum / images.length) ** 2 });
  }
  variances.sort((a, b) => b.variance - a.variance);
  return variances.slice(0, searchedCells).map(({ at }) => at);
}

/** Keys of all bins that may hold something near an image. */
function keysAround(hashes: Uint8Array, image: number, cells: readonly number[]): number[] {
  let keys = [0];
  for (const at of cells) {
    const grey = greyOf(hashes, image, at);
    const low = binOf(Math.max(0, grey - maxGreyDistance));
    const high = binOf(Math.min(255, grey + maxGreyDistance));
    const bins = low === high ? [low] : [low, high];
    keys = keys.flatMap((key) => bins.map((bin) => (key << binBits) | bin));
  }
  return keys;
}

function binOf(grey: number): number {
  return Math.floor(grey / binWidth);
}

function greyOf(hashes: Uint8Array, image: number, at: number): number {
  return hashes[image * perceptualHashBytes + at]!;
}

function isNear(hashes: Uint8Array, a: number, b: number): boolean {
  for (let at = colourAt; at < perceptualHashBytes; at++) {
    if (difference(hashes, a, b, at) > maxColourDistance) return false;
  }
  for (let at = greyAt; at < colourAt; at++) {
    if (difference(hashes, a, b, at) > maxGreyDistance) return false;
  }
  const [from, other] = [a * perceptualHashBytes, b * perceptualHashBytes];
  let distance = 0;
  for (let byte = 0; byte < greyAt && distance <= maxHashDistance; byte++) {
    distance += bitCounts[hashes[from + byte]! ^ hashes[other + byte]!]!;
  }
  return distance <= maxHashDistance;
}

/** Between two images in one of their means. */
function difference(hashes: Uint8Array, a: number, b: number, at: number): number {
  return Math.abs(hashes[a * perceptualHashBytes + at]! - hashes[b * perceptualHashBytes + at]!);
}

/** The first image of the group, with the way there made shorter. */
function rootOf(parents: Int32Array, image: number): number {
  let root = image;
  while (parents[root] !== root) root = parents[root]!;
  for (let at = image; at !== root; ) {
    const next = parents[at]!;
    parents[at] = root;
    at = next;
  }
  return root;
}

const bitCounts = Uint8Array.from({ length: 256 }, (_, byte) => {
  let bits = 0;
  for (let rest = byte; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
});
