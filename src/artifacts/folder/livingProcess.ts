import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isErrno } from './explainFolderError';

/** This machine, as it stands in names of files: a host's name can hold dots. */
export function hostName(): string {
  return hostname().replaceAll('.', '_');
}

/** Whether a process of this machine lives. */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
}

/**
 * When a process of this machine started, in a unit of the system's own: a number that another process with the same id does
 * not have. Empty where the system does not say (all but Linux); null when the process has ended.
 */
export async function startOf(processId: number): Promise<string | null> {
  if (!isAlive(processId)) return null;
  const text = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name in brackets, which can hold anything; the third is the state, the 22nd the start.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const hasEnded = fields[0] === 'Z' || fields[0] === 'X';
  return hasEnded ? null : (fields[19] ?? '');
}
