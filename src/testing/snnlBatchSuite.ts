import { memory, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../foundation/random';
import { snnlAnchorLosses, snnlBatch } from '../snnl/snnlBatch';
import { type SnnlOptions, snnlPresets } from '../snnl/snnlOptions';
import { type ReferenceBatch, snnlReference } from '../snnl/snnlReference';
import { readSnnlVectors } from '../snnl/snnlVectors';
import golden from './golden/snnl.json';

/** float32 sums of up to some thousand terms, in another order than the reference's. */
export const float32Tolerance = 1e-5;

/** Every combination of choices in the score. */
const combinations: SnnlOptions[] = (['squared-euclidean', 'cosine'] as const).flatMap((distance) =>
  [true, false].flatMap((selfInNumerator) =>
    (['auto', 0.5] as const).flatMap((temperature) =>
      (['log-sum-exp', 'epsilon'] as const).map((logarithm) => ({
        ...snnlPresets.paper,
        distance,
        selfInNumerator,
        temperature,
        logarithm,
      })),
    ),
  ),
);

/** What `snnlBatch` must do on every backend. Call it where the backend is already set. */
export function describeSnnlBatch(backend: string) {
  describe(`snnlBatch on ${backend}`, () => {
    it.each(readSnnlVectors(golden).map((entry) => ({ ...entry, title: entry.name })))(
      'gives the known vector $title',
      async ({ images, options, expected, float32Tolerance: tolerance }) => {
        const { losses } = await scoreBatch(images, options);
        expectAllClose(losses, expected, tolerance);
      },
    );

    it.each(combinations.map((options) => ({ ...options, options })))(
      'follows the reference with $distance, self pair $selfInNumerator, T $temperature, $logarithm',
      async ({ options }) => {
        await expectLikeReference(seededBatch(1, [13, 3, 5, 4], [0, 1, 1]), options);
        await expectLikeReference(seededBatch(2, [7, 2, 2, 3], [0, 1, 2, 3]), options);
      },
    );

    it.each([1, 2, 63, 64, 65, 512])('follows the reference for a batch of %i', async (batch) => {
      for (const options of Object.values(snnlPresets)) {
        await expectLikeReference(seededBatch(batch, [batch, 2, 3, 5], [0, 1]), options);
      }
    });

    it.each([1, 63, 64, 65, 300, 2048])('follows the reference for %i channels', async (channels) => {
      await expectLikeReference(seededBatch(channels, [6, 2, 2, channels], [0, 1]), snnlPresets.paper);
    });

    it('follows the reference where a batch is too large for one chunk of channels', async () => {
      await expectLikeReference(seededBatch(9, [300, 1, 2, 30], [0, 1]), snnlPresets.paper);
    });

    it.each(combinations.map((options) => ({ ...options, options })))(
      'gives the loss of every anchor with $distance, self pair $selfInNumerator, T $temperature, $logarithm',
      async ({ options }) => {
        // Three images of group 0, one of group 1 (no partner), 33 of group 2.
        const batch = seededBatch(11, [37, 2, 3, 3], [0, 1, 0, 0, ...Array<number>(33).fill(2)]);
        const maps = toTensor(batch);
        const found = await snnlAnchorLosses(maps, Int32Array.from(batch.groups), options);
        maps.dispose();
        const { anchorLosses } = snnlReference(batch, options);
        const expected = batch.groups.length * 3;
        expectAllClose(
          found,
          Array.from({ length: expected }, (_, i) => anchorLosses[i % 3]![Math.floor(i / 3)]!),
          float32Tolerance,
        );
        expect(found.filter(Number.isNaN)).toHaveLength(options.selfInNumerator ? 0 : 3);
      },
    );

    it.each([
      [1, 1, 1],
      [1, 63, 2],
      [8, 8, 65],
      [5, 13, 64],
      [100, 101, 1],
    ])('follows the reference for maps of %i×%i in %i channels', async (height, width, channels) => {
      for (const options of Object.values(snnlPresets)) {
        await expectLikeReference(seededBatch(height, [34, height, width, channels], [0, 1, 1]), options);
      }
    });

    it('gives no number for a channel with a map that holds none, and leaves the others alone', async () => {
      const batch = seededBatch(12, [9, 2, 2, 3], [0, 1]);
      const maps = Array.from(batch.maps);
      maps[4 * 4 * 3 + 1] = Number.NaN;
      for (const options of Object.values(snnlPresets)) {
        const { losses, validAnchors } = await scoreBatch({ ...batch, maps }, options);
        const expected = snnlReference(batch, options).losses;
        expect(validAnchors).toBe(9);
        expect(losses[1]).toBeNaN();
        expectAllClose(
          losses.filter((_, channel) => channel !== 1),
          [expected[0]!, expected[2]!],
          float32Tolerance,
        );
      }
    });

    it.each([
      ['one', [2]],
      ['three', [0, 3, 4]],
      ['all', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ])('gives %s of the maps, zeros, a cosine distance of 1 however low T is', async (_, zeros) => {
      const batch = seededBatch(14, [11, 2, 2, 2], [0, 1, 1]);
      const maps = Array.from(batch.maps, (value, i) => (zeros.includes(Math.floor(i / 8)) ? 0 : value));
      for (const temperature of [1e-3, 0.05, 'auto'] as const) {
        for (const selfInNumerator of [true, false]) {
          const options = { ...snnlPresets.paper, distance: 'cosine', temperature, selfInNumerator } as const;
          // A distance near 1 is off by some 1e-7, which is then divided by T.
          await expectLikeReference({ ...batch, maps }, options, temperature === 1e-3 ? 5e-4 : float32Tolerance);
        }
      }
    });

    it('gives images of one group, or each of its own, the score of the reference', async () => {
      for (const pattern of [[7], Array.from({ length: 10 }, (_, i) => 3 - i)]) {
        for (const options of combinations) await expectLikeReference(seededBatch(15, [10, 2, 2, 3], pattern), options);
      }
    });

    it('keeps its digits where the groups are a thousand times as far apart as their own images', async () => {
      const batch = seededBatch(5, [12, 2, 2, 3], [0, 1]);
      const maps = Array.from(batch.maps, (value, i) => value + 1000 * batch.groups[Math.floor(i / 12)]!);
      const far = { ...batch, maps };
      await expectLikeReference(far, { ...snnlPresets.paper, temperature: 1, selfInNumerator: true }, 1e-4);
    });

    it('gives a dead and a constant channel T = 1 and the score of maps that tell nothing', async () => {
      const maps = Array.from({ length: 8 * 4 }, () => [0, 0.1]).flat();
      const batch = { maps, batch: 8, height: 2, width: 2, channels: 2, groups: [0, 1, 0, 1, 1, 0, 0, 1] };
      const { losses, temperatures } = await scoreBatch(batch, snnlPresets.paper);
      expect([...temperatures]).toEqual([1, 1]);
      expectAllClose(losses, [Math.log(7 / 3), Math.log(7 / 3)], float32Tolerance);
    });

    it.each(Object.entries(snnlPresets))('does not care for the names of the groups (%s)', async (_, options) => {
      const batch = seededBatch(3, [16, 3, 3, 6], [0, 1, 1]);
      const renamed = { ...batch, groups: Array.from(batch.groups, (group) => 1 - group) };
      expectAllClose(
        (await scoreBatch(renamed, options)).losses,
        [...(await scoreBatch(batch, options)).losses],
        float32Tolerance,
      );
    });

    it.each(Object.entries(snnlPresets))('does not care for the order of the images (%s)', async (_, options) => {
      const batch = seededBatch(4, [16, 3, 3, 6], [0, 1, 1]);
      const order = createRandom(1, 'order').shuffled(Array.from({ length: 16 }, (_, i) => i));
      const permuted = {
        ...batch,
        maps: order.flatMap((image) => Array.from(batch.maps).slice(image * 54, (image + 1) * 54)),
        groups: order.map((image) => batch.groups[image]!),
      };
      expectAllClose(
        (await scoreBatch(permuted, options)).losses,
        [...(await scoreBatch(batch, options)).losses],
        float32Tolerance,
      );
    });

    it('is the same for maps grown by a and T by a²', async () => {
      const batch = seededBatch(6, [10, 3, 3, 4], [0, 1]);
      const grown = { ...batch, maps: Array.from(batch.maps, (value) => value * 8) };
      const before = await scoreBatch(batch, { ...snnlPresets.paper, temperature: 3 });
      const after = await scoreBatch(grown, { ...snnlPresets.paper, temperature: 3 * 64 });
      expectAllClose(after.losses, [...before.losses], float32Tolerance);
    });

    it('keeps no tensor', async () => {
      for (const options of Object.values(snnlPresets)) {
        const before = [memory().numTensors, memory().numBytes];
        await scoreBatch(seededBatch(8, [9, 2, 2, 3], [0, 1]), options);
        expect([memory().numTensors, memory().numBytes]).toEqual(before);
      }
    });

    it('refuses a batch that has not one group per image', async () => {
      const maps = toTensor(seededBatch(1, [3, 1, 1, 1], [0, 1]));
      await expect(snnlBatch(maps, Int32Array.of(0, 1), snnlPresets.paper)).rejects.toMatchObject({
        code: 'shape-mismatch',
      });
      maps.dispose();
    });
  });
}

/** Normal maps that differ by group in every second channel; groups repeat the pattern. */
export function seededBatch(
  seed: number,
  [batch, height, width, channels]: [number, number, number, number],
  pattern: number[],
): ReferenceBatch {
  const random = createRandom(seed, 'maps');
  const groups = Array.from({ length: batch }, (_, i) => pattern[i % pattern.length]!);
  const maps = groups.flatMap((group) =>
    Array.from({ length: height * width * channels }, (_, i) =>
      Math.fround(random.normal() + ((i % channels) % 2) * group),
    ),
  );
  return { maps, batch, height, width, channels, groups };
}

function toTensor({ maps, batch, height, width, channels }: ReferenceBatch): Tensor4D {
  return tensor4d(Float32Array.from(maps), [batch, height, width, channels]);
}

async function scoreBatch(batch: ReferenceBatch, options: SnnlOptions) {
  const maps = toTensor(batch);
  const scores = await snnlBatch(maps, Int32Array.from(batch.groups), options);
  maps.dispose();
  return scores;
}

async function expectLikeReference(batch: ReferenceBatch, options: SnnlOptions, tolerance = float32Tolerance) {
  const found = await scoreBatch(batch, options);
  const expected = snnlReference(batch, options);
  expect(found.validAnchors).toBe(expected.validAnchors);
  expectAllClose(found.losses, [...expected.losses], tolerance);
  expectAllClose(found.temperatures, [...expected.temperatures], tolerance);
}

export function expectAllClose(found: Float32Array, expected: number[], tolerance: number) {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    if (!Number.isFinite(value)) return expect(found[i]).toBe(value);
    expect(Math.abs(found[i]! - value) / Math.max(1, Math.abs(value))).toBeLessThanOrEqual(tolerance);
  });
}
