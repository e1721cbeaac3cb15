import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import { type BackendName, selectBackend } from './selectBackend';

/**
 * Does work on another tfjs backend and returns to the present one, also when the work fails. For comparing backends:
 * tensors made before stay where they are.
 * @throws LabError `no-backend` when it cannot be had here
 */
export async function withBackend<T>(backend: BackendName, wasmPath: string, work: () => Promise<T>): Promise<T> {
  const present = getBackend();
  if (present === backend) return work();
  try {
    await selectBackend({ prefer: backend, wasmPath });
    return await work();
  } finally {
    await setBackend(present);
  }
}
