import { getBackend } from '@tensorflow/tfjs-core';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { startCompute } from '../compute/startCompute';
import type { EngineHost } from '../engine/engineHost';
import { labVersion } from '../foundation/version';

/** What an engine gets in tests: WASM, a store in memory, and no images or demo files. */
export async function startTestHost(): Promise<EngineHost> {
  const backend = await startCompute({ prefer: 'wasm', wasmPath: `${wasmFolder()}/` });
  return {
    environment: { ...backend, labVersion },
    store: createMemoryFileStore(),
    decoder: 'tests',
    decodeImage: () => Promise.reject(new Error('No image is decoded here.')),
    readDemoFile: () => Promise.reject(new Error('No demo file is read here.')),
    withBackend: (name, work) => (name === getBackend() ? work() : Promise.reject(new Error(`No ${name} here.`))),
  };
}
