import '@tensorflow/tfjs-backend-webgpu';
import { env, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect } from 'vitest';
import { describeSnnlBatch } from '../testing/snnlBatchSuite';

beforeAll(async () => {
  env().set('WEBGPU_CPU_FORWARD', false);
  expect(await setBackend('webgpu')).toBe(true);
});

describeSnnlBatch('webgpu');
