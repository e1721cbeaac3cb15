import { expect, it } from 'vitest';
import type { BenchCase } from './benchCase';
import { runCase } from './runCase';

const work = { kind: 'forward', net: 'small-cnn', imageSize: 64, batch: 2 } as const;
const plan: BenchCase = {
  name: 'case',
  variants: {
    lab: { runner: 'lab-wasm', work },
    stock: { runner: 'stock-wasm', work },
    torch: { runner: 'torch', work },
  },
  rows: [
    { name: 'stock / lab', over: 'stock', under: 'lab', bar: { atLeast: 4 } },
    { name: 'lab / torch', over: 'lab', under: 'torch', bar: { atMost: 2 } },
  ],
};

it('says of a row why it could not be measured, and measures the others', async () => {
  const asked: string[] = [];
  const result = await runCase(
    plan,
    {
      obstacle: async (runner) => (runner === 'torch' ? 'no PyTorch here' : null),
      async measure(runner) {
        asked.push(runner);
        return runner === 'lab-wasm' ? 2 : 10;
      },
    },
    3,
  );
  expect(result.rows).toEqual([
    { name: 'stock / lab', ratio: 5, bar: { atLeast: 4 }, ok: true },
    { name: 'lab / torch', ratio: null, bar: { atMost: 2 }, ok: null, note: 'no PyTorch here' },
  ]);
  expect(result.timesMs).toEqual({ lab: [2, 2, 2], stock: [10, 10, 10] });
  expect(asked).not.toContain('torch');
});

it('counts a bar as missed when the work fails, and names the failure', async () => {
  const failing = {
    obstacle: async () => null,
    measure: async () => Promise.reject(new Error('out of memory\n at f')),
  };
  const result = await runCase({ ...plan, rows: [plan.rows[0]!, { ...plan.rows[1]!, bar: null }] }, failing, 3);
  expect(result.rows).toEqual([
    { name: 'stock / lab', ratio: null, bar: { atLeast: 4 }, ok: false, note: 'out of memory' },
    { name: 'lab / torch', ratio: null, bar: null, ok: null, note: 'out of memory' },
  ]);
});
