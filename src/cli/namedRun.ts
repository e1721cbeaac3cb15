import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunId, runId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import { parseRunRecord } from '../recipe/parseRunRecord';
import type { RunRecord } from '../recipe/runRecord';
import type { OpenLab } from './openLab';
import { isFolder, listInput, readInput } from './readInput';

const recordName = 'run.json';

/** A folder that `lab run` wrote. */
export interface RunFolder {
  kind: 'folder';
  folder: string;
  record: RunRecord;
  /** Text of the record. */
  text: string;
}

/** What a word can name: a run's folder, or a run in the store. */
export type NamedRun = RunFolder | { kind: 'stored'; id: RunId };

/**
 * The run that a word names: a folder with a run record, or what is no path and looks like an id.
 *
 * @returns null for any other path
 * @throws LabError `record-invalid` for a folder whose record cannot be read
 */
export async function findNamedRun(word: string): Promise<NamedRun | null> {
  if (await exists(word)) return readRunFolder(word);
  return /^[\w-]+$/.test(word) && word !== 'demo' ? { kind: 'stored', id: runId(word) } : null;
}

/** @returns null when the path is no folder with a run record */
export async function readRunFolder(path: string): Promise<RunFolder | null> {
  if (!(await isFolder(path)) || !(await listInput(path)).includes(recordName)) return null;
  const text = await readInput(join(path, recordName));
  return { kind: 'folder', folder: path, record: parseRunRecord(text), text };
}

/**
 * The file of an arm's round in a run's folder: of the round named, or of the one that the folder holds.
 * @throws LabError `config-invalid`, naming the arms and files that there are
 */
export async function findRoundFile({ folder, record }: RunFolder, named?: string, wanted?: number) {
  const arm = named ?? record.arms[0]?.arm;
  const files = await listInput(folder);
  const nameOf = (round: number) => `${arm}-round-${round}.zip`;
  const rounds = record.arms.find((candidate) => candidate.arm === arm)?.rounds ?? [];
  const round = rounds.findLast(
    (candidate) => files.includes(nameOf(candidate.round)) && (wanted ?? candidate.round) === candidate.round,
  );
  if (arm && round) return { file: join(folder, nameOf(round.round)), arm, round };
  const which = wanted === undefined ? '' : ` after round ${wanted}`;
  throw new LabError({
    code: 'config-invalid',
    message: `There is no model of the arm "${arm ?? 'none'}"${which} in ${folder}.`,
    hint: `The run has the arms ${record.arms.map((candidate) => candidate.arm).join(', ')}; their models are ARM-round-N.zip. A run in a --store has every round.`,
  });
}

/** A stored run's record. @throws LabError `run-not-found`; `artifact-damaged` when it is lost */
export async function findStoredRun(lab: OpenLab, id: RunId): Promise<RunRecord> {
  try {
    return await lab.run('readRun', { runId: id });
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'run-not-found') throw error;
    throw new LabError({
      code: error.code,
      message: `There is no run "${id}" in the store.`,
      hint: 'Name the store that the run was made in with --store DIR, or give the path of a folder that "lab run" wrote.',
      details: { id },
      cause: error,
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
