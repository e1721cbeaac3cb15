import { registerGradients } from './gradients/registerGradients';
import { type Backend, type BackendOptions, selectBackend } from './selectBackend';
import { registerWasmGradients } from './wasm/registerWasmGradients';

/**
 * Starts computing: chooses the backend, makes it ready and registers the gradients that training on it needs. Call it
 * before any tensor, layer or model is made.
 * @param options see {@link BackendOptions}
 * @returns the backend in use, for the user and the run record
 * @throws `no-backend` when no backend can be used
 */
export async function startCompute(options: BackendOptions): Promise<Backend> {
  const backend = await selectBackend(options);
  if (backend.backend === 'wasm') registerWasmGradients();
  registerGradients(backend.backend);
  return backend;
}
