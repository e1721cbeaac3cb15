import { memory, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { snnlPresets } from '../../snnl/snnlOptions';
import { snnlReference } from '../../snnl/snnlReference';
import { startWasmAndCpu } from '../../testing/computeOn';
import { seededBatch } from '../../testing/snnlBatchSuite';
import { publishedLoop } from './publishedLoop';

beforeAll(startWasmAndCpu);

it('gives the score of the preset authors-code, and keeps no tensor', async () => {
  const batch = seededBatch(1, [9, 3, 2, 4], [0, 1, 1]);
  const maps = tensor4d(Float32Array.from(batch.maps), [9, 3, 2, 4]);
  const before = memory().numTensors;
  const losses = await publishedLoop(maps, Int32Array.from(batch.groups));
  expect(memory().numTensors).toBe(before);
  maps.dispose();
  const expected = snnlReference(batch, snnlPresets['authors-code']).losses;
  expect(losses).toHaveLength(4);
  losses.forEach((loss, channel) => expect(loss).toBeCloseTo(expected[channel]!, 5));
});
