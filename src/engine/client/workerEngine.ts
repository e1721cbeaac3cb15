import { serverLoss } from '../../foundation/askServer';
import { type LabErrorData, toErrorData } from '../../foundation/labError';
import type { LabEngine } from '../labEngine';
import type { EngineEvent, EngineWishes } from '../protocol/messages';
import { createRemoteEngine, type SpawnWorker } from './remoteEngine';
import { workerCrashed } from './workerErrors';

/** The lab's engine in a worker of this page. */
export function createWorkerEngine(wishes: EngineWishes = { backend: null }): LabEngine {
  const makeWorker = () => new Worker(new URL('../worker/labWorker.ts', import.meta.url), { type: 'module' });
  return createRemoteEngine(spawnFrom(makeWorker), wishes, { locks: lockManager() });
}

/** The browser's locks; null in a page that is in no secure context. */
export function lockManager(): LockManager | null {
  return 'locks' in navigator ? navigator.locks : null;
}

/** Joins a worker to an engine's client. */
export function spawnFrom(makeWorker: () => Worker): SpawnWorker {
  return (receive, crashed) => {
    const worker = makeWorker();
    worker.addEventListener('message', (event: MessageEvent<EngineEvent>) => receive(event.data));
    worker.addEventListener('messageerror', () => crashed(workerCrashed('A message could not be read.')));
    worker.addEventListener('error', ({ message }) => void explainCrash(message).then(crashed));
    return worker;
  };
}

/** What an `error` event of a worker tells. A script that could not be loaded has no message; most often its server has gone. */
async function explainCrash(message: string | undefined): Promise<LabErrorData> {
  if (message) return workerCrashed(message);
  const loss = await serverLoss(document.baseURI);
  return loss ? toErrorData(loss) : workerCrashed('Its script could not be loaded.');
}
