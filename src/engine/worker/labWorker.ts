import { hasWebLocks, openOpfsFileStore } from '../../artifacts/opfs/opfsFileStore';
import { opChecks } from '../../compute/selfTest/opChecks';
import { startCompute } from '../../compute/startCompute';
import { watchDevice } from '../../compute/watchDevice';
import { withBackend } from '../../compute/withBackend';
import { decodeImage } from '../../dataset/decodeImage';
import { LabError, toErrorData } from '../../foundation/labError';
import { labVersion } from '../../foundation/version';
import { snnlCheck } from '../../snnl/snnlCheck';
import { jobHandlers } from '../jobs/jobHandlers';
import type { LabEngine } from '../labEngine';
import { createLocalEngine } from '../localEngine';
import type { StorageUse } from '../protocol/jobMap';
import type { EngineEvent, EngineWishes } from '../protocol/messages';
import { Workspace } from '../workspace';
import { serveEngine } from './serveEngine';
import { tellTabs } from './tellTabs';

/** Where the page's own files are; the worker's script lies in a folder of its own. */
const root = new URL(import.meta.env.BASE_URL, self.location.origin).href;
const wasmPath = `${root}wasm/`;

const tabsUnknown =
  'This browser has no Web Locks, so that tabs of the lab do not know of each other: keep it open in one tab only.';

/** The engine of this worker: the best backend there is, and the browser's private file system. */
async function makeEngine({ backend: wanted }: EngineWishes): Promise<LabEngine> {
  const backend = await startCompute({
    prefer: wanted ?? undefined,
    wasmPath,
    selfTest: [...opChecks, snnlCheck],
  });
  if (backend.backend === 'webgpu') {
    watchDevice((error) => tell({ kind: 'deviceLost', error: toErrorData(error) }));
  }
  const store = await openOpfsFileStore();
  const knowsTabs = hasWebLocks();
  const workspace = new Workspace({
    environment: { ...backend, labVersion, ...(!knowsTabs && { storeNote: tabsUnknown }) },
    store,
    decodeImage,
    storage: readStorageUse,
    readDemoFile,
    withBackend: (name, work) => withBackend(name, wasmPath, work),
  });
  const engine = createLocalEngine(workspace, jobHandlers);
  if (!knowsTabs) return engine;
  return tellTabs(engine, { ownership: store.ownership, channel: new BroadcastChannel('snnl-fair-lab') });
}

async function readStorageUse(): Promise<StorageUse | null> {
  const { usage, quota } = await navigator.storage.estimate();
  if (usage === undefined || quota === undefined) return null;
  return { usedBytes: usage, quotaBytes: quota, isPersistent: await navigator.storage.persisted() };
}

async function readDemoFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`${root}demo/${name}`);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new LabError({
    code: 'model-unreadable',
    message: `The demo's file ${name} could not be read (${response.status}).`,
    hint: 'Reload the page. If it stays away, the lab was installed without its demo: run npm run demo:train.',
    details: { file: name, status: response.status },
  });
}

function tell(event: EngineEvent): void {
  self.postMessage(event);
}

serveEngine(
  {
    postMessage: tell,
    addEventListener: (type, listener) => self.addEventListener(type, listener),
  },
  makeEngine,
);
