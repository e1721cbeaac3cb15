import { describe, expect, it } from 'vitest';
import { createJobControl, createSilentContext } from '../../foundation/createJobControl';
import { sha256Hex } from '../../foundation/sha256Hex';
import { generateDemo } from './generateDemo';
import { lesionClasses } from './lesionClasses';

const small = { bias: 0.5, count: 60, imageSize: 32, seed: 7 };

/** Mean luma of the middle of an image and of its four corners, as the log of their ratio: > 0 is a darker middle. */
function darknessOfMiddle(pixels: Uint8Array, size: number, index: number): number {
  const start = index * size * size * 3;
  let middle = 0;
  let middleCount = 0;
  let corners = 0;
  let cornerCount = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = start + (y * size + x) * 3;
      const luma = 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
      const distance = Math.hypot((2 * x + 1) / size - 1, (2 * y + 1) / size - 1);
      if (distance < 0.2) {
        middle += luma;
        middleCount++;
      } else if (distance > 1) {
        corners += luma;
        cornerCount++;
      }
    }
  }
  return Math.log(corners / cornerCount / (middle / middleCount));
}

async function measure(bias: number) {
  const { fields, pixels } = await generateDemo({ bias, count: 1000, imageSize: 32, seed: 11 }, createSilentContext());
  const { labels, groups, names } = fields.samples;
  const members = (group: number) => groups.flatMap((value, index) => (value === group ? [index] : []));
  const contrast = (indices: number[]) =>
    indices.reduce((sum, index) => sum + darknessOfMiddle(pixels, 32, index), 0) / indices.length;
  const ofType = (label: number, type: number) =>
    names.flatMap((name, index) => (name.endsWith(`type${type}`) && labels[index] === label ? [index] : []));
  return {
    share: members(0).length / groups.length,
    mix: [0, 1].map((group) => {
      const own = members(group);
      return lesionClasses.map((_, label) => own.filter((index) => labels[index] === label).length / own.length);
    }),
    naevusContrast: [1, 2, 3, 4, 5, 6].map((type) => contrast(ofType(0, type))),
    groups,
    splits: fields.samples.splits,
  };
}

describe('generateDemo', () => {
  it('gives the same bytes for the same settings, and others for another seed or bias', async () => {
    const hashes = await Promise.all(
      [small, small, { ...small, seed: 8 }, { ...small, bias: 0.6 }].map(async (settings) =>
        sha256Hex((await generateDemo(settings, createSilentContext())).pixels),
      ),
    );
    expect(hashes[1]).toBe(hashes[0]);
    expect(new Set(hashes).size).toBe(3);
  });

  it('names every sample by number and skin type, and puts types IV to VI into group 0', async () => {
    const { fields, pixels } = await generateDemo(small, createSilentContext());
    const { names, groups, labels, splits } = fields.samples;
    expect(pixels).toHaveLength(60 * 32 * 32 * 3);
    expect([names, groups, labels, splits].map(({ length }) => length)).toEqual([60, 60, 60, 60]);
    expect(names[17]).toMatch(/^demo-00017-type[1-6]$/);
    expect(names.every((name, index) => Number(name.at(-1)) >= 4 === (groups[index] === 0))).toBe(true);
    expect(fields.sensitiveAttribute).toBe('skin type');
  });

  it('draws darker bare skin from type I to type VI', async () => {
    const { fields, pixels } = await generateDemo({ ...small, count: 300 }, createSilentContext());
    const brightness = [1, 2, 3, 4, 5, 6].map((type) => {
      const own = fields.samples.names.flatMap((name, index) => (name.endsWith(`type${type}`) ? [index] : []));
      // Green of the pixel in the middle of the upper edge, which no lesion reaches.
      return own.reduce((sum, index) => sum + pixels[(index * 32 * 32 + 16) * 3 + 1]!, 0) / own.length;
    });
    expect(brightness).toEqual(brightness.toSorted((a, b) => b - a));
  });

  it('at bias 0 has groups alike in size, class mix and contrast', async () => {
    const { share, mix, naevusContrast } = await measure(0);
    expect(share).toBeCloseTo(0.5, 2);
    for (const [label, value] of mix[0]!.entries()) expect(Math.abs(value - mix[1]![label]!)).toBeLessThan(0.005);
    const [light, dark] = [naevusContrast.slice(0, 3), naevusContrast.slice(3)].map(mean);
    // 150 naevi a side with a standard deviation of about 0.2: 4 standard errors of the difference.
    expect(Math.abs(light! - dark!)).toBeLessThan(0.1);
  });

  it('at bias 1 has 30 % dark skin, fewer melanomas and basal cell carcinomas on it, and contrast that falls with type', async () => {
    const { share, mix, naevusContrast } = await measure(1);
    expect(share).toBeCloseTo(0.3, 2);
    expect(mix[0]![1]! / mix[1]![1]!).toBeLessThan(0.6);
    expect(mix[0]![2]! / mix[1]![2]!).toBeLessThan(0.6);
    const [light, dark] = [naevusContrast.slice(0, 3), naevusContrast.slice(3)].map(mean);
    // Factors 1 - 0.62 · (type - 1) / 5: mean 0.876 on types I to III, 0.504 on IV to VI.
    expect(dark! / light!).toBeGreaterThan(0.45);
    expect(dark! / light!).toBeLessThan(0.72);
    expect(naevusContrast[5]!).toBeLessThan(naevusContrast[0]! * 0.6);
  });

  it('splits each group 60/20/20', async () => {
    const { groups, splits } = await measure(1);
    for (const group of [0, 1]) {
      const own = splits.filter((_, index) => groups[index] === group);
      for (const [code, ratio] of [0.6, 0.2, 0.2].entries()) {
        expect(own.filter((split) => split === code).length / own.length).toBeCloseTo(ratio, 1);
      }
    }
  });

  it('can be cancelled, and reports up to the last image', async () => {
    const reports: number[] = [];
    const control = createJobControl('demo', ({ done }) => reports.push(done));
    await generateDemo(small, control.context);
    control.finish();
    expect(reports.at(-1)).toBe(60);
    control.cancel();
    await expect(generateDemo(small, control.context)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
