import { LabError } from '../foundation/labError';
import type { BackendName } from './backendName';
import type { SelfTestReport } from './selfTest/selfTestCheck';

const stage = 'starting the compute backend';

const hints: Record<BackendName, string> = {
  webgpu: 'Choose WASM, or use a browser with WebGPU switched on.',
  wasm: 'Use a current browser, and check that the server delivers the files under /wasm/.',
  cpu: 'Install the development dependencies.',
};

/** A backend that does not start here. */
export function noBackend(backend: BackendName, why: string, cause?: unknown): LabError {
  return new LabError({
    code: 'no-backend',
    stage,
    message: `The ${backend} backend cannot be used: ${why}.`,
    hint: hints[backend],
    details: { backend },
    cause,
  });
}

/** A backend that starts, and computes wrong values. */
export function wrongBackend(backend: BackendName, { checks, failures }: SelfTestReport): LabError {
  const failed = new Set(failures.map(({ check }) => check)).size;
  const worst = failures.reduce((a, b) => ((b.relativeError ?? Infinity) > (a.relativeError ?? Infinity) ? b : a));
  return new LabError({
    code: 'backend-failed',
    stage: 'testing the compute backend',
    message: `The ${backend} backend fails ${failed} of ${checks} checks on this device (worst: ${worst.message}).`,
    hint:
      backend === 'webgpu'
        ? 'Choose WASM, or update the browser and the graphics driver.'
        : 'Update the browser, or use another one: this one computes wrong values.',
    details: { backend, failed, checks },
  });
}
