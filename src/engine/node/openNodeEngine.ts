import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { wasmFolder } from '../../../scripts/wasmFiles.mjs';
import { openFolderFileStore } from '../../artifacts/folder/folderFileStore';
import { deviceLossBehind } from '../../compute/deviceLoss';
import { opChecks } from '../../compute/selfTest/opChecks';
import { startCompute } from '../../compute/startCompute';
import { watchDevice } from '../../compute/watchDevice';
import { withBackend } from '../../compute/withBackend';
import { LabError } from '../../foundation/labError';
import { labVersion } from '../../foundation/version';
import type { Environment } from '../../recipe/runRecord';
import { snnlCheck } from '../../snnl/snnlCheck';
import { jobHandlers } from '../jobs/jobHandlers';
import type { LabEngine } from '../labEngine';
import { createLocalEngine } from '../localEngine';
import { Workspace } from '../workspace';
import { decodeImageBySharp, sharpDecoder } from './decodeImageBySharp';
import { installWebGpu } from './installWebGpu';
import { readDiskUse } from './readDiskUse';

const demoFolder = new URL('../../../public/demo/', import.meta.url);
const wasmPath = `${wasmFolder()}/`;

/** The engine of a Node process, and what it computes on. */
export interface NodeEngine {
  engine: LabEngine;
  environment: Environment;
}

/**
 * Opens the engine in this process: on WASM unless WebGPU is asked for, with a folder as its store.
 *
 * @throws LabError `no-backend`, `backend-failed` when nothing computes here; `storage-failed` when the folder cannot be had
 */
export async function openNodeEngine(options: {
  backend: 'wasm' | 'webgpu' | null;
  store: string;
}): Promise<NodeEngine> {
  allowRelaxedSimd();
  const store = await openFolderFileStore(options.store);
  if (options.backend === 'webgpu') await installWebGpu();
  const backend = await startCompute({
    prefer: options.backend ?? 'wasm',
    wasmPath,
    selfTest: [...opChecks, snnlCheck],
  });
  const environment: Environment = { ...backend, labVersion, host: `Node ${process.versions.node}` };
  const workspace = new Workspace({
    environment,
    store,
    decodeImage: decodeImageBySharp,
    decoder: sharpDecoder,
    storage: () => readDiskUse(options.store),
    readDemoFile,
    async withBackend(name, work) {
      if (name === 'webgpu') await installWebGpu();
      return withBackend(name, wasmPath, work);
    },
    explain: async (thrown) => (await deviceLossBehind(thrown)) ?? thrown,
  });
  const engine = createLocalEngine(workspace, jobHandlers);
  if (backend.backend === 'webgpu') watchDevice((error) => void engine.fail(error));
  return { engine, environment };
}

/** Node 20 has fused multiply-add, as browsers have, behind a flag; later ones have it switched on. Before any WASM is compiled. */
function allowRelaxedSimd(): void {
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
}

async function readDemoFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(fileURLToPath(new URL(name, demoFolder))));
  } catch (cause) {
    throw new LabError({
      code: 'model-unreadable',
      message: `The demo's file ${name} could not be read.`,
      hint: 'The lab was installed without its demo: run npm run demo:train.',
      details: { file: name },
      cause,
    });
  }
}
