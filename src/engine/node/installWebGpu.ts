import { availableParallelism } from 'node:os';
import { registerWebGpu } from '../../compute/webgpu/registerWebGpu';
import { LabError } from '../../foundation/labError';

/** The optional package that gives WebGPU to Node: Dawn, as Chromium has it. */
const packageName = 'webgpu';

/** What is used of the optional package. */
export interface WebGpuPackage {
  create(options: string[]): unknown;
  globals: Record<string, unknown>;
}

const stage = 'starting the compute backend';

/**
 * Puts `navigator.gpu` and WebGPU's constants into this process, once, and registers tfjs' backend for them.
 *
 * @param load gives the optional package
 * @throws LabError `no-backend` when the optional package is not installed or does not load, or no driver offers an adapter
 */
export async function installWebGpu(load = loadPackage): Promise<void> {
  if (!globalThis.navigator?.gpu) await putGpu(load);
  if (!(await navigator.gpu.requestAdapter())) throw noAdapter();
  registerWebGpu();
}

async function putGpu(load: () => Promise<WebGpuPackage>): Promise<void> {
  const { create, globals } = await load().catch((cause: unknown) => {
    throw isMissing(cause) ? notInstalled(cause) : notLoaded(cause);
  });
  Object.assign(globalThis, globals);
  // Node 20 has no navigator, newer ones have one that is read only.
  const host = 'navigator' in globalThis ? (globalThis.navigator as object) : likeNewerNode();
  Object.defineProperty(host, 'gpu', { value: create([]), configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: host, configurable: true, writable: true });
}

/** What newer versions of Node say of themselves, for those libraries that take whatever has a navigator for a browser. */
function likeNewerNode(): object {
  const [major] = process.versions.node.split('.');
  return { userAgent: `Node.js/${major}`, hardwareConcurrency: availableParallelism() };
}

async function loadPackage(): Promise<WebGpuPackage> {
  return (await import(packageName)) as WebGpuPackage;
}

/** Whether the package itself is not there; what it needs may be missing too. */
function isMissing(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    cause.code === 'ERR_MODULE_NOT_FOUND' &&
    cause.message.includes(`'${packageName}'`)
  );
}

function notInstalled(cause: unknown): LabError {
  return new LabError({
    code: 'no-backend',
    stage,
    message: 'WebGPU outside a browser needs the optional package "webgpu", which is not installed.',
    hint: 'Type "npm install --no-save webgpu" in the folder of the lab, or use --backend wasm.',
    cause,
  });
}

function notLoaded(cause: unknown): LabError {
  return new LabError({
    code: 'no-backend',
    stage,
    message: `The optional package "webgpu" does not load on this machine: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'Use --backend wasm, or install the package anew on a machine that it is made for.',
    cause,
  });
}

function noAdapter(): LabError {
  return new LabError({
    code: 'no-backend',
    stage,
    message: 'WebGPU finds no graphics adapter on this machine.',
    hint: 'Install the graphics driver (on Linux Vulkan; VK_ICD_FILENAMES names the file of a driver that is not found by itself), or use --backend wasm.',
  });
}
