import { createWorkerEngine } from '../../engine/client/workerEngine';
import type { JobHandle } from '../../engine/labEngine';
import type { JobName, JobParams, LabFile } from '../../engine/protocol/jobMap';
import { toErrorData } from '../../foundation/labError';

const backend = new URLSearchParams(location.search).get('backend');
const engine = createWorkerEngine({ backend: backend === 'wasm' || backend === 'webgpu' ? backend : null });
const handles = new Map<number, JobHandle<JobName>>();

engine.subscribe((notice) => window.tellTest({ kind: 'notice', notice }));

window.lab = {
  start(call, job, params) {
    const handle = engine.start(job, withFiles(params) as JobParams<JobName>, {
      progress: (progress) => window.tellTest({ kind: 'progress', call, progress }),
      partial: (partial) => window.tellTest({ kind: 'partial', call, partial }),
    });
    handles.set(call, handle);
    void finish(call, handle);
  },
  cancel(call) {
    handles.get(call)?.cancel();
  },
};

async function finish(call: number, handle: JobHandle<JobName>): Promise<void> {
  try {
    const result = await handle.result;
    window.tellTest({ kind: 'done', call, result: await withBase64(result) });
  } catch (error) {
    window.tellTest({ kind: 'failed', call, error: toErrorData(error) });
  } finally {
    handles.delete(call);
  }
}

/** Puts the chosen files where a job expects them: into an empty `files`, also inside `source`. */
function withFiles(params: object): object {
  if ('files' in params) {
    const isEmpty = Array.isArray(params.files) && params.files.length === 0;
    return isEmpty ? { ...params, files: chosenFiles() } : params;
  }
  if ('source' in params && typeof params.source === 'object' && params.source !== null) {
    return { ...params, source: withFiles(params.source) };
  }
  return params;
}

function chosenFiles(): LabFile[] {
  const inputs = document.querySelectorAll<HTMLInputElement>('input[type=file]');
  return [...inputs].flatMap(({ files }) =>
    [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })),
  );
}

/** Replaces a made file's bytes by base64. */
async function withBase64(result: unknown): Promise<unknown> {
  if (typeof result !== 'object' || result === null || !('bytes' in result)) return result;
  const { bytes } = result;
  if (!(bytes instanceof ArrayBuffer)) return result;
  return { ...result, bytes: await toBase64(bytes) };
}

function toBase64(bytes: ArrayBuffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error ?? new Error('The bytes could not be read.'));
    reader.readAsDataURL(new Blob([bytes]));
  });
}
