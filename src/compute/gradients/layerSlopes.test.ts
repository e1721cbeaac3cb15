import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { relativeError, startWasmAndCpu } from '../../testing/computeOn';
import { layerSlopes } from '../../testing/layerSlopes';
import { slopeOf } from '../../testing/slopeOf';

beforeAll(startWasmAndCpu);

describe.each(['wasm', 'cpu'])('on %s the gradient is the slope that finite differences find', (backend) => {
  it.each(layerSlopes.map((layer) => [layer.name, layer] as const))('of %s', async (_, layer) => {
    await setBackend(backend);
    const { gradient, differences } = await slopeOf(layer);
    expect(relativeError(gradient, differences)).toBeLessThan(1e-4);
  });
});
