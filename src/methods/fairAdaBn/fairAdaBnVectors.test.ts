import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { relativeError, startWasmAndCpu } from '../../testing/computeOn';
import golden from '../../testing/golden/fairadabn.json';
import { readFairAdaBnVectors, readingsOf } from './fairAdaBnVectors';

beforeAll(startWasmAndCpu);

/** As the vectors state it for gradients in float32. */
const tolerance = 1e-4;

describe.each(['cpu', 'wasm'])('FairAdaBN on %s', (backend) => {
  it.each(readFairAdaBnVectors(golden).map((vector, index) => ({ index, vector })))(
    'gives case $index: logits of both groups, loss and its parts, gradients, running averages',
    async ({ vector }) => {
      await setBackend(backend);
      const readings = await readingsOf(vector);
      expect(readings).toHaveLength(14);
      for (const { field, found, expected } of readings) {
        expect(relativeError(found, expected), field).toBeLessThan(field.startsWith('grad') ? tolerance : 1e-5);
      }
    },
  );
});
