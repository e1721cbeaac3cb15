import { afterEach, beforeEach, expect, it } from 'vitest';
import { installWebGpu, type WebGpuPackage } from './installWebGpu';

const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
beforeEach(() => Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true, writable: true }));
afterEach(() => {
  if (before) Object.defineProperty(globalThis, 'navigator', before);
  else Reflect.deleteProperty(globalThis, 'navigator');
});

const failing = (code: string, message: string) => async (): Promise<WebGpuPackage> => {
  throw Object.assign(new Error(message), { code });
};

it('tells a package that is not installed from one that does not load', async () => {
  // As Node 20 words it.
  const missing = failing('ERR_MODULE_NOT_FOUND', "Cannot find package 'webgpu' imported from /lab/installWebGpu.ts");
  await expect(installWebGpu(missing)).rejects.toMatchObject({
    code: 'no-backend',
    message: expect.stringContaining('not installed'),
    hint: expect.stringContaining('npm install --no-save webgpu'),
  });
  const foreign = failing('ERR_DLOPEN_FAILED', 'libc.so.6: version `GLIBC_2.38´ not found');
  await expect(installWebGpu(foreign)).rejects.toMatchObject({
    code: 'no-backend',
    message: expect.stringContaining('GLIBC_2.38'),
  });
  const part = failing(
    'ERR_MODULE_NOT_FOUND',
    "Cannot find package 'debug' imported from /lab/node_modules/webgpu/a.js",
  );
  await expect(installWebGpu(part)).rejects.toMatchObject({ message: expect.stringContaining("'debug'") });
});

it('names a machine without a driver', async () => {
  const load = async () => ({ create: () => ({ requestAdapter: async () => null }), globals: {} });
  await expect(installWebGpu(load)).rejects.toMatchObject({
    code: 'no-backend',
    message: expect.stringContaining('no graphics adapter'),
    hint: expect.stringContaining('VK_ICD_FILENAMES'),
  });
});
