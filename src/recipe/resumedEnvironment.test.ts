import { expect, it } from 'vitest';
import { resumedEnvironment } from './resumedEnvironment';
import type { Environment } from './runRecord';

const gpu: Environment = {
  backend: 'webgpu',
  device: 'a card',
  reason: 'A GPU is present.',
  labVersion: '1',
  tfjsVersion: '4',
  memory: { bytes: 4_294_901_760, tensorBytes: null },
  selfTest: null,
};
const wasm: Environment = {
  backend: 'wasm',
  device: 'SIMD',
  reason: 'No GPU.',
  labVersion: '2',
  tfjsVersion: '4',
  memory: { bytes: 4_294_901_760, tensorBytes: null },
  selfTest: null,
};

it('a run that is resumed elsewhere says where its earlier rounds were computed', () => {
  const resumed = resumedEnvironment(gpu, wasm);
  expect(resumed.backend).toBe('wasm');
  expect(resumed.reason).toContain('webgpu (a card)');
});

it('a run that is resumed in another browser or program says so', () => {
  const [browser, node] = [
    { ...wasm, host: 'Chromium 141' },
    { ...wasm, host: 'Node 20.19.0' },
  ];
  expect(resumedEnvironment(browser, node)).toMatchObject({
    host: 'Node 20.19.0',
    reason: expect.stringContaining('wasm (SIMD, Chromium 141)'),
  });
});

it('a run resumed again in the same place keeps what was said before', () => {
  const once = resumedEnvironment(gpu, wasm);
  expect(resumedEnvironment(once, wasm)).toEqual(once);
});
