import type { FileStore } from '../artifacts/fileStore';
import { type RunId, runId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import { formatRunRecord, parseRunRecord } from './parseRunRecord';
import type { RunRecord } from './runRecord';

const folder = 'runs';
/** Where the checkpoints of a run's rounds under way are kept. */
export const runCheckpointFolder = (id: RunId) => `run-checkpoints/${id}`;
const pathOf = (id: RunId) => `${folder}/${id}.json`;

/** Keeps the record as it stands. */
export async function saveRun(store: FileStore, record: RunRecord): Promise<void> {
  await store.write(pathOf(record.id), new TextEncoder().encode(formatRunRecord(record)));
}

/** @throws LabError `run-not-found`; `record-invalid` when the stored file is not a record that this lab can read */
export async function loadRun(store: FileStore, id: RunId): Promise<RunRecord> {
  const bytes = await store.read(pathOf(id));
  if (bytes) return parseRunRecord(new TextDecoder().decode(bytes));
  throw new LabError({
    code: 'run-not-found',
    message: `The run ${id} is not stored on this machine.`,
    hint: 'Choose another run, or load its record from a file.',
    details: { id },
  });
}

/** The stored runs, oldest first, and the names of files that could not be read. */
export async function listRuns(store: FileStore): Promise<{ runs: RunRecord[]; unreadable: string[] }> {
  const runs: RunRecord[] = [];
  const unreadable: string[] = [];
  for (const name of await store.list(folder)) {
    try {
      runs.push(await loadRun(store, runId(name.replace(/\.json$/, ''))));
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      unreadable.push(name);
    }
  }
  return { runs: runs.sort((a, b) => a.createdAt.localeCompare(b.createdAt)), unreadable };
}

export async function deleteRun(store: FileStore, id: RunId): Promise<void> {
  await store.remove(pathOf(id));
}
