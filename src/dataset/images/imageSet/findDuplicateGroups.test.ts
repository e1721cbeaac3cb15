import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../foundation/random';
import { findDuplicateGroups, maxColourDistance, maxGreyDistance, maxHashDistance } from './findDuplicateGroups';
import { colourAt, greyAt, perceptualHash, perceptualHashBytes } from './perceptualHash';

const hashBits = 128;

/** A hash that differs from another in some comparisons, in mean colour, and in the grey of one cell. */
function near(hash: Uint8Array, bits: readonly number[], colour = 0, grey = 0): Uint8Array {
  const other = hash.slice();
  for (const bit of bits) other[bit >> 3]! ^= 1 << (bit & 7);
  for (let channel = colourAt; channel < perceptualHashBytes; channel++) other[channel]! += colour;
  other[greyAt + 40]! += grey;
  return other;
}

function join(hashes: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(hashes.flatMap((hash) => [...hash]));
}

const base = Uint8Array.from({ length: perceptualHashBytes }, (_, i) => 2 * i);

describe('findDuplicateGroups', () => {
  it('joins what differs in up to seven comparisons, wherever they are', async () => {
    const bits = fc.uniqueArray(fc.integer({ min: 0, max: hashBits - 1 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(bits, async (changed) => {
        const groups = await findDuplicateGroups(join([base, near(base, changed)]));
        expect(groups).toEqual(changed.length <= maxHashDistance ? [[0, 1]] : []);
      }),
    );
  });

  it('keeps images without structure apart by their colour', async () => {
    const flat = (grey: number) => perceptualHash(new Uint8Array(16 * 16 * 3).fill(grey), 16);
    expect(await findDuplicateGroups(join([flat(10), flat(200), flat(15), flat(208), flat(100)]))).toEqual([
      [0, 2],
      [1, 3],
    ]);
    expect(await findDuplicateGroups(join([base, near(base, [], maxColourDistance + 1)]))).toEqual([]);
  });

  it('keeps images of one shape apart where a single cell is lighter', async () => {
    expect(await findDuplicateGroups(join([base, near(base, [], 0, maxGreyDistance)]))).toEqual([[0, 1]]);
    expect(await findDuplicateGroups(join([base, near(base, [], 0, maxGreyDistance + 1)]))).toEqual([]);
  });

  it('finds what comparing all pairs finds', async () => {
    const random = createRandom(3, 'hashes');
    const hashes: Uint8Array[] = [];
    for (let i = 0; i < 400; i++) {
      const isCopy = i > 0 && random.next() < 0.4;
      const from = hashes[random.integer(Math.max(1, i))];
      const bits = Array.from({ length: random.integer(12) }, () => random.integer(hashBits));
      hashes.push(
        isCopy && from
          ? near(from, bits, random.integer(3), random.integer(5))
          : Uint8Array.from({ length: perceptualHashBytes }, () => random.integer(230)),
      );
    }
    expect(await findDuplicateGroups(join(hashes))).toEqual(groupsByAllPairs(hashes));
  });

  it('takes a thousand copies of one image as one group', async () => {
    expect((await findDuplicateGroups(join(Array.from({ length: 1000 }, () => base))))[0]).toHaveLength(1000);
  });
});

/** The definition, in the plainest way: pairs that are near, joined until nothing changes. */
function groupsByAllPairs(hashes: readonly Uint8Array[]): number[][] {
  const isNear = (a: Uint8Array, b: Uint8Array) => {
    const colour = [80, 81, 82].every((at) => Math.abs(a[at]! - b[at]!) <= maxColourDistance);
    const grey = a.every((value, at) => at < 16 || at >= 80 || Math.abs(value - b[at]!) <= maxGreyDistance);
    let distance = 0;
    for (let bit = 0; bit < hashBits; bit++) distance += ((a[bit >> 3]! ^ b[bit >> 3]!) >> (bit & 7)) & 1;
    return colour && grey && distance <= maxHashDistance;
  };
  const label = hashes.map((_, i) => i);
  for (const [i, a] of hashes.entries()) {
    for (const [j, b] of hashes.entries()) {
      if (j <= i || !isNear(a, b)) continue;
      const [keep, drop] = [Math.min(label[i]!, label[j]!), Math.max(label[i]!, label[j]!)];
      for (const [k, value] of label.entries()) if (value === drop) label[k] = keep;
    }
  }
  const members = (group: number) => label.flatMap((value, i) => (value === group ? [i] : []));
  return [...new Set(label)].map(members).filter(({ length }) => length > 1);
}
