import { describe, expect, it } from 'vitest';
import { type Ahead, mapAhead } from './mapAhead';

/** Maps items that each take as many ms as they say, and notes how much was under way. */
async function run(items: number[], ahead: Ahead<number>) {
  let [now, most, costNow, mostCost] = [0, 0, 0, 0];
  const results: number[] = [];
  const mapped = mapAhead(items, ahead, async (item) => {
    most = Math.max(most, ++now);
    costNow += ahead.cost?.(item) ?? 0;
    mostCost = Math.max(mostCost, costNow);
    await new Promise((resolve) => setTimeout(resolve, item));
    now--;
    costNow -= ahead.cost?.(item) ?? 0;
    return item * 10;
  });
  for await (const result of mapped) results.push(result);
  return { results, most, mostCost };
}

describe('mapAhead', () => {
  it('gives results in order, whichever is ready first', async () => {
    expect((await run([9, 1, 5, 2], { limit: 3 })).results).toEqual([90, 10, 50, 20]);
  });

  it('has at most so many under way', async () => {
    expect((await run([3, 3, 3, 3, 3, 3], { limit: 2 })).most).toBe(2);
  });

  it('keeps the cost under way below its limit, and takes what costs more alone', async () => {
    const cost = (item: number) => item;
    const { results, mostCost } = await run([2, 3, 12, 4, 5], { limit: 8, cost, maxCost: 7 });
    expect(results).toEqual([20, 30, 120, 40, 50]);
    expect(mostCost).toBe(12);
  });

  it('ends with the first rejection, after the results before it', async () => {
    const seen: number[] = [];
    const mapped = mapAhead([1, 2, 3], { limit: 3 }, async (item) => {
      if (item === 2) throw new Error('no');
      return item;
    });
    await expect(
      (async () => {
        for await (const result of mapped) seen.push(result);
      })(),
    ).rejects.toThrow('no');
    expect(seen).toEqual([1]);
  });
});
