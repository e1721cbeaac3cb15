import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import type { BackendName } from './backendName';
import { deviceLossBehind } from './deviceLoss';
import { startCompute } from './startCompute';

/**
 * Does work on another tfjs backend and returns to the present one, also when the work fails. For comparing backends:
 * tensors made before stay where they are.
 * @throws LabError `no-backend` when it cannot be had here, `device-lost` when its device went while it worked
 */
export async function withBackend<T>(backend: BackendName, wasmPath: string, work: () => Promise<T>): Promise<T> {
  const present = getBackend();
  if (present === backend) return work();
  try {
    await startCompute({ prefer: backend, wasmPath });
    return await work();
  } catch (thrown) {
    throw (await deviceLossBehind(thrown)) ?? thrown;
  } finally {
    await setBackend(present);
  }
}
