import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect } from 'vitest';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import { describeSnnlBatch } from '../testing/snnlBatchSuite';

describe.each(['cpu', 'wasm'])('backend %s', (backend) => {
  beforeAll(async () => {
    setWasmPaths(`${wasmFolder()}/`);
    expect(await setBackend(backend)).toBe(true);
  });
  describeSnnlBatch(backend);
});
