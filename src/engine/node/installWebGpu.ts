import { LabError } from '../../foundation/labError';

/** The optional package that gives WebGPU to Node: Dawn, as Chromium has it. */
const packageName = 'webgpu';

interface WebGpuPackage {
  create(options: string[]): unknown;
  globals: Record<string, unknown>;
}

/**
 * Puts `navigator.gpu` and WebGPU's constants into this process.
 * @throws LabError `no-backend` when the optional package is not installed
 */
export async function installWebGpu(): Promise<void> {
  const { create, globals } = await loadPackage();
  Object.assign(globalThis, globals);
  // Node 20 has no navigator, newer ones have one that is read only.
  const host = 'navigator' in globalThis ? (globalThis.navigator as object) : {};
  Object.defineProperty(host, 'gpu', { value: create([]), configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: host, configurable: true, writable: true });
}

async function loadPackage(): Promise<WebGpuPackage> {
  try {
    return (await import(packageName)) as WebGpuPackage;
  } catch (cause) {
    throw new LabError({
      code: 'no-backend',
      message: 'WebGPU outside a browser needs the optional package "webgpu", which is not installed.',
      hint: 'Type "npm install webgpu" in the folder of the lab, or use --backend wasm.',
      cause,
    });
  }
}
