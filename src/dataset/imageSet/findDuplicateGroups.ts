import { perceptualHashBytes } from './perceptualHash';

/** Of the 128 comparisons of two hashes, how many may differ for the images to count as the same. */
export const maxHashDistance = 7;
/** By how much each mean colour may differ, of 255. */
export const maxColourDistance = 12;

/** With one part more than bits may differ, two hashes within the distance share a part. */
const parts = maxHashDistance + 1;
const colourAt = 2 * parts;

/**
 * Finds images that look the same: hashes that differ in at most {@link maxHashDistance} comparisons and mean colours that
 * differ by at most {@link maxColourDistance}. Images that are linked by others are in one group.
 *
 * Hashes are only compared where they share one of eight 16-bit parts, which two hashes that near must, and are next to
 * each other in mean red; so the time grows far slower than with the square of the images.
 *
 * @param hashes of all images, one after the other, each {@link perceptualHashBytes} long
 * @returns positions of the images, ascending in each group; groups of two and more, by their first image
 */
export function findDuplicateGroups(hashes: Uint8Array): number[][] {
  const count = hashes.length / perceptualHashBytes;
  const parents = Int32Array.from({ length: count }, (_, image) => image);
  const distinct = joinEqual(hashes, count, parents);
  for (let part = 0; part < parts; part++) {
    for (const bucket of bucketsOf(hashes, distinct, part)) joinNear(hashes, bucket, parents);
  }
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

/** Images that share a 16-bit part, sorted by mean red. */
function bucketsOf(hashes: Uint8Array, images: readonly number[], part: number): number[][] {
  const buckets = new Map<number, number[]>();
  for (const image of images) {
    const at = image * perceptualHashBytes + 2 * part;
    const key = hashes[at]! | (hashes[at + 1]! << 8);
    const bucket = buckets.get(key);
    if (bucket) bucket.push(image);
    else buckets.set(key, [image]);
  }
  const red = (image: number) => hashes[image * perceptualHashBytes + colourAt]!;
  return [...buckets.values()]
    .filter(({ length }) => length > 1)
    .map((bucket) => bucket.sort((a, b) => red(a) - red(b)));
}

function joinNear(hashes: Uint8Array, bucket: readonly number[], parents: Int32Array) {
  for (const [index, a] of bucket.entries()) {
    for (let next = index + 1; next < bucket.length; next++) {
      const b = bucket[next]!;
      if (colourDistance(hashes, a, b, 0) > maxColourDistance) break;
      if (isNear(hashes, a, b)) parents[rootOf(parents, b)] = rootOf(parents, a);
    }
  }
}

function isNear(hashes: Uint8Array, a: number, b: number): boolean {
  if (colourDistance(hashes, a, b, 1) > maxColourDistance) return false;
  if (colourDistance(hashes, a, b, 2) > maxColourDistance) return false;
  const [from, other] = [a * perceptualHashBytes, b * perceptualHashBytes];
  let distance = 0;
  for (let byte = 0; byte < colourAt && distance <= maxHashDistance; byte++) {
    distance += bitCounts[hashes[from + byte]! ^ hashes[other + byte]!]!;
  }
  return distance <= maxHashDistance;
}

function colourDistance(hashes: Uint8Array, a: number, b: number, channel: number): number {
  const at = colourAt + channel;
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
