import type { EngineEvent } from '../protocol/messages';
import { explainUnloaded } from './explainUnloaded';
import { holdLifeLock } from './holdLifeLock';
import { type MakeEngine, serveEngine } from './serveEngine';

// Small on purpose: the worker is supervised before it loads what computes.

/** Where the page's own files are; the worker's script lies in a folder of its own. */
const root = new URL(import.meta.env.BASE_URL, self.location.origin).href;

const makeEngine: MakeEngine = async (wishes, fail) => {
  try {
    const { openLabEngine } = await import('./openLabEngine');
    return await openLabEngine(root, wishes, fail);
  } catch (thrown) {
    throw await explainUnloaded(thrown, root);
  }
};

serveEngine(
  {
    postMessage: (event: EngineEvent) => self.postMessage(event),
    addEventListener: (type, listener) => self.addEventListener(type, listener),
  },
  makeEngine,
  holdLifeLock(navigator.locks),
);
