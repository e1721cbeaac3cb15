import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { setBackend, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import { describeSnnlBatch, seededBatch } from '../testing/snnlBatchSuite';
import { snnlBatch } from './snnlBatch';
import { snnlPresets } from './snnlOptions';
import { snnlReference } from './snnlReference';

describe.each(['cpu', 'wasm'])('backend %s', (backend) => {
  beforeAll(async () => {
    setWasmPaths(`${wasmFolder()}/`);
    expect(await setBackend(backend)).toBe(true);
  });
  describeSnnlBatch(backend);
});

it('gives no number on WASM for a channel whose squares are beyond float32, and leaves the others alone', async () => {
  expect(await setBackend('wasm')).toBe(true);
  const batch = seededBatch(13, [9, 2, 2, 3], [0, 1]);
  const values = Float32Array.from(batch.maps, (value, i) => (i % 3 === 1 ? value * 1e25 : value));
  const maps = tensor4d(values, [9, 2, 2, 3]);
  const { losses } = await snnlBatch(maps, Int32Array.from(batch.groups), snnlPresets.paper);
  maps.dispose();
  const expected = snnlReference(batch, snnlPresets.paper).losses;
  expect(losses[1]).toBeNaN();
  expect(losses[0]).toBeCloseTo(expected[0]!, 5);
  expect(losses[2]).toBeCloseTo(expected[2]!, 5);
});
