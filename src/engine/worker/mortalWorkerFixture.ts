import type { EngineNotice, JobHandle } from '../labEngine';
import type { LocalEngine } from '../localEngine';
import { emptyInventory } from '../protocol/emptyInventory';
import type { JobName, JobResult } from '../protocol/jobMap';
import { holdLifeLock } from './holdLifeLock';
import { serveEngine } from './serveEngine';

// A worker for tests. It is supervised as the lab's is; its jobs compute nothing:
// `listInventory` answers, `verifyVectors` blocks the worker for a while, any other ends it without a word.

/** How long `verifyVectors` keeps the worker from speaking. */
const blockMs = 500;

function endOf(job: JobName): Promise<unknown> {
  switch (job) {
    case 'listInventory':
      return Promise.resolve(emptyInventory);
    case 'verifyVectors': {
      const start = performance.now();
      while (performance.now() - start < blockMs);
      return Promise.resolve([]);
    }
    default:
      self.close();
      return new Promise(() => undefined);
  }
}

const engine: LocalEngine = {
  start<J extends JobName>(job: J): JobHandle<J> {
    const nothing = () => undefined;
    const steering = { cancel: nothing, pause: nothing, resume: nothing, finishNow: nothing };
    return { id: job, result: endOf(job) as Promise<JobResult<J>>, ...steering };
  },
  subscribe(listener: (notice: EngineNotice) => void) {
    listener({ kind: 'log', level: 'info', text: 'ready' });
    return () => undefined;
  },
  restart: () => undefined,
  dispose: () => undefined,
  fail: async () => undefined,
};

serveEngine(
  {
    postMessage: (event) => self.postMessage(event),
    addEventListener: (type, listener) => self.addEventListener(type, listener),
  },
  async () => engine,
  holdLifeLock(navigator.locks),
);
