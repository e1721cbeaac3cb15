import type { LabEngine } from '../labEngine';
import type { EngineEvent, EngineWishes } from '../protocol/messages';
import { createRemoteEngine } from './remoteEngine';

/** The lab's engine in a worker of this page. */
export function createWorkerEngine(wishes: EngineWishes = { backend: null }): LabEngine {
  return createRemoteEngine((receive, crashed) => {
    const worker = new Worker(new URL('../worker/labWorker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<EngineEvent>) => receive(event.data));
    worker.addEventListener('error', (event) => crashed(event.message));
    worker.addEventListener('messageerror', () => crashed('A message could not be read.'));
    return worker;
  }, wishes);
}
