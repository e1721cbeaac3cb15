import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createJobControl, createSilentContext } from '../foundation/createJobControl';
import { snnlPresets } from '../snnl/snnlOptions';
import { startWasmAndCpu } from '../testing/computeOn';
import { createDemoBench, type DemoBench } from '../testing/demoBench';
import { measureRankSensitivity } from './measureRankSensitivity';

let bench: DemoBench;
beforeAll(() => startWasmAndCpu());
beforeEach(async () => {
  bench = await createDemoBench();
});

function measure(change: Partial<Parameters<typeof measureRankSensitivity>[0]> = {}, context = createSilentContext()) {
  const { unpruned, dataset } = bench;
  const layer = unpruned.network.layers.filter(({ name }) => name.startsWith('conv')).at(-1)!.name;
  return measureRankSensitivity(
    {
      model: unpruned,
      dataset,
      layer,
      options: { ...snnlPresets.paper, batchSize: 32 },
      seed: 1,
      ratio: 0.2,
      temperatures: ['auto', 1000],
      batchSizes: [32, 16],
      seeds: [1, 2],
      ...change,
    },
    context,
  );
}

describe('measureRankSensitivity', () => {
  it('finds the same ranking under the same settings, and another under others', async () => {
    const { channels, lowest, rows } = await measure();
    expect(rows.map(({ changed, value }) => `${changed} ${value}`)).toEqual([
      'temperature auto',
      'temperature 1000',
      'batch size 32',
      'batch size 16',
      'seed 1',
      'seed 2',
    ]);
    // 20 % of the 16 channels of an eighth of the net's last 128.
    expect([channels, lowest]).toEqual([16, 3]);
    for (const same of [rows[0]!, rows[2]!, rows[4]!]) expect(same).toMatchObject({ tau: 1, n: 16, lowestShared: 3 });
    for (const other of [rows[1]!, rows[3]!, rows[5]!]) expect(other.tau).toBeLessThan(1);
  });

  it('leaves no tensor behind and comes to the end of its progress', async () => {
    const before = memory().numTensors;
    const fractions: number[] = [];
    const control = createJobControl('sensitivity', ({ fraction }) => fractions.push(fraction));
    await measure({ temperatures: [], batchSizes: [16], seeds: [] }, control.context);
    control.finish();
    expect(memory().numTensors).toBe(before);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('refuses a ratio that would leave no channel', async () => {
    await expect(measure({ ratio: 1 })).rejects.toMatchObject({ code: 'last-channel' });
  });
});
