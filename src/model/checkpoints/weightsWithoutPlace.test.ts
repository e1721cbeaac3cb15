import '@tensorflow/tfjs-backend-cpu';
import { ones, setBackend, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { createAsker } from '../../foundation/openQuestion';
import { sizeOf } from '../network/layerWeights';
import { writeSafetensors } from '../pytorch/writeSafetensors';
import { readCheckpoint } from './readCheckpoint';
import type { StateTensor } from './stateDict';

beforeAll(async () => {
  await setBackend('cpu');
});

const zeros = (...shape: number[]): StateTensor => ({ shape, values: new Float32Array(sizeOf(shape)) });
const numbers = (...values: number[]): StateTensor => ({ shape: [values.length], values: Float32Array.from(values) });

function read(weights: Record<string, StateTensor>) {
  const bytes = writeSafetensors(new Map(Object.entries(weights)));
  return readCheckpoint({ path: 'a.safetensors', bytes }, { asker: createAsker('usual'), imageSize: 32 });
}

const norm = (name: string, channels: number) =>
  Object.fromEntries(
    ['weight', 'bias', 'running_mean', 'running_var'].map((part) => [`${name}.${part}`, zeros(channels)]),
  );

it('a BatchNorm without weights of its own (affine=False) has scale 1 and shift 0', async () => {
  const { network, report } = await read({
    '0.weight': zeros(2, 3, 1, 1),
    '0.bias': numbers(3, 5),
    '1.running_mean': numbers(1, 1),
    '1.running_var': numbers(4, 16),
    '5.weight': { shape: [2, 2], values: Float32Array.of(1, 0, 0, 10) },
    '5.bias': zeros(2),
  });
  const logits = tidy(() => (network.predict(ones([1, 32, 32, 3])) as Tensor2D).arraySync());
  // (3 - 1) / √4 = 1 and 10 · (5 - 1) / √16 = 10.
  expect(logits[0]![0]).toBeCloseTo(1, 5);
  expect(logits[0]![1]).toBeCloseTo(10, 4);
  expect(report.lines.map(({ detail }) => detail)).toContain(
    'from "1"; gamma is 1, as it has no weights; beta is 0, as it has no weights',
  );
  network.dispose();
});

it.each<[string, Record<string, StateTensor>, string]>([
  [
    'a BatchNorm between the pooling and the dense layers',
    { ...norm('bn1', 4), 'conv2.weight': zeros(4, 4, 3, 3), ...norm('bn2', 4), ...norm('bn3', 4) },
    'fit no architecture',
  ],
  ['a GroupNorm in an nn.Sequential', { '1.weight': zeros(4), '1.bias': zeros(4) }, 'GroupNorm'],
  ['a PReLU in an nn.Sequential', { '1.weight': zeros(4) }, 'the place of the 4 weights of "1" is not known'],
])('%s is refused, not passed over', async (_what, between, message) => {
  const head = { 'fc1.weight': zeros(4, 4), 'fc1.bias': zeros(4), 'fc2.weight': zeros(2, 4), 'fc2.bias': zeros(2) };
  const weights = { 'conv1.weight': zeros(4, 3, 3, 3), ...between, ...head };
  await expect(read(weights)).rejects.toMatchObject({
    code: 'model-unreadable',
    message: expect.stringContaining(message),
  });
});
