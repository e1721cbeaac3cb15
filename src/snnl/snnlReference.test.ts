import { describe, expect, it } from 'vitest';
import golden from '../testing/golden/snnl.json';
import { type SnnlOptions, snnlPresets } from './snnlOptions';
import { snnlReference } from './snnlReference';
import { readSnnlVectors } from './snnlVectors';

const { paper } = snnlPresets;
const authorsCode = snnlPresets['authors-code'];

// Four images of one pixel in one channel: 0 and 1 in group 0, 2 and 4 in group 1. Squared distances:
//   0-1: 1   0-2: 4   0-4: 16   1-2: 1   1-4: 9   2-4: 4       mean over the six pairs 35/6
const four = { maps: [0, 1, 2, 4], batch: 4, height: 1, width: 1, channels: 1, groups: [0, 0, 1, 1] };

/** The loss of each anchor at T, from the distances above: [same group], [all others]. */
function byHand(t: number): number[] {
  const e = (d: number) => Math.exp(-d / t);
  return [
    -Math.log(e(1) / (e(1) + e(4) + e(16))),
    -Math.log(e(1) / (e(1) + e(1) + e(9))),
    -Math.log(e(4) / (e(4) + e(4) + e(1))),
    -Math.log(e(4) / (e(16) + e(9) + e(4))),
  ];
}

const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('snnlReference, worked by hand', () => {
  it('gives each anchor the share of its group among its neighbours', () => {
    const { losses, anchorLosses, validAnchors } = snnlReference(four, { ...paper, temperature: 1 });
    byHand(1).forEach((loss, i) => expect(anchorLosses[0]![i]).toBeCloseTo(loss, 12));
    expect(losses[0]).toBeCloseTo(meanOf(byHand(1)), 12);
    expect(validAnchors).toBe(4);
  });

  it('takes as automatic temperature the mean squared distance over the pairs', () => {
    const { losses, temperatures } = snnlReference(four, paper);
    expect(temperatures[0]).toBeCloseTo(35 / 6, 12);
    expect(losses[0]).toBeCloseTo(meanOf(byHand(35 / 6)), 12);
  });

  it('counts the anchor itself in the numerator alone, as the authors’ code does', () => {
    // Directions (1,0), (1,0), (0,1), (-1,0): cosine distances 0-1: 0, 0-2: 1, 0-3: 2, 1-2: 1, 1-3: 2, 2-3: 1.
    const maps = [1, 0, 3, 0, 0, 2, -5, 0];
    const input = { maps, batch: 4, height: 1, width: 2, channels: 1, groups: [0, 0, 1, 1] };
    const e = (d: number) => Math.exp(-d);
    const expected = [
      -Math.log((1 + e(0) + 1e-9) / (e(0) + e(1) + e(2))),
      -Math.log((1 + e(0) + 1e-9) / (e(0) + e(1) + e(2))),
      -Math.log((1 + e(1) + 1e-9) / (e(1) + e(1) + e(1))),
      -Math.log((1 + e(1) + 1e-9) / (e(2) + e(2) + e(1))),
    ];
    expect(snnlReference(input, authorsCode).losses[0]).toBeCloseTo(meanOf(expected), 12);
  });

  it('takes as automatic temperature of the cosine distance the mean cosine distance', () => {
    const maps = [1, 0, 3, 0, 0, 2, -5, 0];
    const input = { maps, batch: 4, height: 1, width: 2, channels: 1, groups: [0, 0, 1, 1] };
    const { temperatures } = snnlReference(input, { ...authorsCode, temperature: 'auto' });
    expect(temperatures[0]).toBeCloseTo((0 + 1 + 2 + 1 + 2 + 1) / 6, 12);
  });

  it('leaves an anchor without a partner out of the mean', () => {
    const { losses, anchorLosses, validAnchors } = snnlReference(
      { ...four, groups: [0, 0, 0, 1] },
      { ...paper, temperature: 1 },
    );
    expect(validAnchors).toBe(3);
    expect(anchorLosses[0]![3]).toBeNaN();
    const e = (d: number) => Math.exp(-d);
    const expected = [
      -Math.log((e(1) + e(4)) / (e(1) + e(4) + e(16))),
      -Math.log((e(1) + e(1)) / (e(1) + e(1) + e(9))),
      -Math.log((e(4) + e(1)) / (e(4) + e(1) + e(4))),
    ];
    expect(losses[0]).toBeCloseTo(meanOf(expected), 12);
  });

  it('takes T = 1 where all maps are alike, and scores log((b-1)/(n-1))', () => {
    const { losses, temperatures } = snnlReference({ ...four, maps: [7, 7, 7, 7] }, paper);
    expect(temperatures[0]).toBe(1);
    expect(losses[0]).toBeCloseTo(Math.log(3), 12);
  });

  it('has no score for a single image, and -Infinity with the self pair', () => {
    const one = { ...four, maps: [3], batch: 1, groups: [0] };
    expect(snnlReference(one, paper)).toMatchObject({ validAnchors: 0 });
    expect(snnlReference(one, paper).losses[0]).toBeNaN();
    expect(snnlReference(one, authorsCode).losses[0]).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('snnlReference against vectors of an independent implementation', () => {
  it.each(readSnnlVectors(golden).map((entry) => ({ ...entry, title: entry.name })))('$title', (entry) => {
    const scores = snnlReference(entry.images, entry.options);
    expectAllClose([...scores.losses], entry.expected);
    entry.anchorLosses?.forEach((row, channel) => {
      // The file has the literal formula's infinity for an anchor without a partner; here it is left out.
      const expected = row.map((loss) => (loss === Number.POSITIVE_INFINITY ? Number.NaN : loss));
      expectAllClose([...scores.anchorLosses[channel]!], expected);
    });
  });

  it('reads three variants of every case but the one whose published value overflows', () => {
    expect(readSnnlVectors(golden)).toHaveLength(24 * 3 - 1);
  });
});

describe('snnlReference keeps', () => {
  const variants: [string, SnnlOptions][] = [
    ['paper', paper],
    ['authors-code', authorsCode],
  ];
  const input = {
    maps: [1, -2, 0.5, 3, 2, 2, -1, 0, 4, 1.5],
    batch: 5,
    height: 1,
    width: 2,
    channels: 1,
    groups: [0, 1, 0, 1, 1],
  };

  it.each(variants)('its score when the groups swap their names (%s)', (_, options) => {
    const swapped = { ...input, groups: input.groups.map((group) => 1 - group) };
    expect(snnlReference(swapped, options).losses[0]).toBe(snnlReference(input, options).losses[0]);
  });

  it('its score when maps grow by a and T by a²', () => {
    const options = { ...paper, temperature: 2 };
    const grown = { ...input, maps: input.maps.map((value) => value * 3) };
    const before = snnlReference(input, options).losses[0]!;
    expect(snnlReference(grown, { ...options, temperature: 18 }).losses[0]).toBeCloseTo(before, 12);
  });
});

function expectAllClose(found: number[], expected: number[]) {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    if (!Number.isFinite(value)) return expect(found[i]).toBe(value);
    expect(Math.abs(found[i]! - value) / Math.max(1, Math.abs(value))).toBeLessThanOrEqual(1e-9);
  });
}
