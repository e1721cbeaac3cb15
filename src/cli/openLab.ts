import { defaultStoreFolder } from '../engine/node/defaultStoreFolder';
import { listFiles } from '../engine/node/listFiles';
import { openNodeEngine } from '../engine/node/openNodeEngine';
import type { Environment } from '../recipe/runRecord';
import type { EngineOptions } from './engineFlags';
import { createEngineJobs, type EngineJobs } from './engineJobs';

/** The lab's engine in this process: the same code as in the app's worker, with a folder as its store. */
export interface OpenLab extends EngineJobs {
  environment: Environment;
  close(): Promise<void>;
}

/** @throws LabError `no-backend`, `backend-failed` when nothing computes here; `storage-failed` when the store cannot be had */
export async function openLab({ backend, store }: EngineOptions): Promise<OpenLab> {
  const { engine, environment } = await openNodeEngine({ backend, store: store ?? defaultStoreFolder() });
  return { environment, ...createEngineJobs(engine, listFiles), close: async () => engine.dispose() };
}
