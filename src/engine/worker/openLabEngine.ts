import { hasWebLocks, openOpfsFileStore } from '../../artifacts/opfs/opfsFileStore';
import { deviceLossBehind } from '../../compute/deviceLoss';
import { opChecks } from '../../compute/selfTest/opChecks';
import { startCompute } from '../../compute/startCompute';
import { watchDevice } from '../../compute/watchDevice';
import { withBackend } from '../../compute/withBackend';
import { decodeImage } from '../../dataset/images/decodeImage';
import { askServer } from '../../foundation/askServer';
import { LabError } from '../../foundation/labError';
import { labVersion } from '../../foundation/version';
import { snnlCheck } from '../../snnl/snnlCheck';
import { jobHandlers } from '../jobs/jobHandlers';
import { createLocalEngine, type LocalEngine } from '../localEngine';
import type { StorageUse } from '../protocol/jobMap';
import type { EngineWishes } from '../protocol/messages';
import { Workspace } from '../workspace';
import { explainUnloaded } from './explainUnloaded';
import { nameBrowser } from './nameBrowser';
import { tellTabs } from './tellTabs';

const tabsUnknown =
  'This browser has no Web Locks, so that tabs of the lab do not know of each other: keep it open in one tab only.';

/**
 * Opens the lab's engine in a worker: the best backend there is, and the browser's private file system.
 *
 * @param root address of the page's own files, with a slash at the end
 * @param wishes what the page asks of the engine
 * @param fail called when the GPU device is lost or reports an error: the engine can do no more
 * @throws LabError as `startCompute`; `storage-failed`
 */
export async function openLabEngine(
  root: string,
  { backend: wanted }: EngineWishes,
  fail: (error: LabError) => void,
): Promise<LocalEngine> {
  const wasmPath = `${root}wasm/`;
  const backend = await startCompute({
    prefer: wanted ?? undefined,
    wasmPath,
    selfTest: [...opChecks, snnlCheck],
  });
  if (backend.backend === 'webgpu') watchDevice(fail);
  const browser = nameBrowser(navigator);
  const store = await openOpfsFileStore();
  const knowsTabs = hasWebLocks();
  const workspace = new Workspace({
    environment: { ...backend, labVersion, host: browser, ...(!knowsTabs && { storeNote: tabsUnknown }) },
    store,
    decodeImage,
    decoder: `${browser} ImageBitmap`,
    storage: readStorageUse,
    readDemoFile: (name) => readDemoFile(root, name),
    withBackend: (name, work) => withBackend(name, wasmPath, work),
    explain: async (thrown) => (await deviceLossBehind(thrown)) ?? explainUnloaded(thrown, root),
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

async function readDemoFile(root: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await askServer(`${root}demo/${name}`);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new LabError({
    code: 'model-unreadable',
    message: `The demo's file ${name} could not be read (${response.status}).`,
    hint: 'Reload the page. If it stays away, the lab was installed without its demo: run npm run demo:train.',
    details: { file: name, status: response.status },
  });
}
