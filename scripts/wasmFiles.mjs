import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const names = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];

/** Folder that holds the WASM binaries of the installed tfjs package. */
export function wasmFolder() {
  return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
}

/** The three WASM binaries of the installed tfjs package. */
export function wasmFiles() {
  return names.map((name) => ({ name, read: () => readFileSync(join(wasmFolder(), name)) }));
}
