import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect } from 'vitest';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import { describeSnnlBatch } from '../testing/snnlBatchSuite';

beforeAll(async () => {
  setWasmPaths(`${wasmFolder()}/`);
  expect(await setBackend('wasm')).toBe(true);
});

describeSnnlBatch('wasm');
