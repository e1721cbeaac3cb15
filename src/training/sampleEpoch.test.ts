import { describe, expect, it } from 'vitest';
import { createRandom } from '../foundation/random';
import { sampleEpoch } from './sampleEpoch';

const labels = [0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
const samples = { labels, groups: [0, 0, 0, 0, 0, 0, 0, 1, 1, 1] };
const indices = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('sampleEpoch', () => {
  it('plain: goes through every sample once, in an order that the seed decides', () => {
    const order = sampleEpoch('plain', indices, samples, createRandom(1));
    expect([...order].sort((a, b) => a - b)).toEqual(indices);
    expect(sampleEpoch('plain', indices, samples, createRandom(1))).toEqual(order);
    expect(sampleEpoch('plain', indices, samples, createRandom(2))).not.toEqual(order);
  });

  it('class-balanced: a class with one sample in ten is drawn half the time when there are two classes', () => {
    const random = createRandom(3);
    let rare = 0;
    for (let epoch = 0; epoch < 400; epoch++) {
      rare += sampleEpoch('class-balanced', indices, samples, random).filter((index) => index === 9).length;
    }
    // 4000 draws of a fair coin: standard deviation 31.6; five of them either side.
    expect(rare).toBeGreaterThan(2000 - 158);
    expect(rare).toBeLessThan(2000 + 158);
  });

  it('group-balanced: each of the three combinations of class and group that exist is drawn a third of the time', () => {
    const random = createRandom(4);
    const drawn = [0, 0, 0];
    for (let epoch = 0; epoch < 300; epoch++) {
      for (const index of sampleEpoch('group-balanced', indices, samples, random)) {
        drawn[index < 7 ? 0 : index < 9 ? 1 : 2]! += 1;
      }
    }
    // 3000 draws at 1/3: standard deviation 25.8; five of them either side.
    for (const count of drawn) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });

  it('draws from the given indices only', () => {
    const order = sampleEpoch('class-balanced', [3, 9], samples, createRandom(5));
    expect(order).toHaveLength(2);
    expect(order.every((index) => index === 3 || index === 9)).toBe(true);
  });
});
