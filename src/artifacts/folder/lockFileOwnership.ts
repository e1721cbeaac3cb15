import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createOwnership, type Hold, type OwnedName, type Ownership, type TakeName } from '../ownership';
import { explainFolderError, isErrno } from './explainFolderError';
import { hostName, startOf } from './livingProcess';

/** In the store's folder; nothing but locks lies in it. */
export const locksFolder = 'locks';

/** What a lock's file is called after: `name.hold.host.process.start.chance`. */
interface LockFile {
  file: string;
  name: OwnedName;
  hold: Hold;
  host: string;
  processId: number;
  start: string;
}

/**
 * Ownership among all processes that share a store's folder, by lock files. Every holder makes a file of its own and then looks
 * whether a rival's is there: of two that start at once at least one sees the other, gives way and tries again. A file is
 * never taken over, so that nobody can delete a living one in a dead one's place; that of a process which has ended, however it
 * ended, is cleared away. A process of another machine cannot be seen to have ended: its file says where it was.
 *
 * @param root the store's folder
 */
export function createLockFileOwnership(root: string, patienceMs?: number): Ownership {
  const folder = join(root, locksFolder);

  const take: TakeName = (name, hold) =>
    explained(folder, async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const start = await startOf(process.pid);
      const key = encodeURIComponent(name).replaceAll('.', '%2E');
      const chance = randomBytes(6).toString('hex');
      const file = [key, hold, hostName(), process.pid, start, chance].join('.');
      await writeFile(join(folder, file), '', { flag: 'wx', mode: 0o600 });
      const letGo = () => explained(folder, () => rm(join(folder, file), { force: true }));
      const living = await listLiving(folder);
      const rival = living.find(
        (other) => other.file !== file && other.name === name && (hold === 'own' || other.hold === 'own'),
      );
      if (!rival) return { letGo };
      await letGo();
      return { heldBy: describe(rival, folder) };
    });

  async function listOwned(): Promise<OwnedName[]> {
    const living = await explained(folder, () => listLiving(folder));
    return living.filter(({ hold }) => hold === 'own').map(({ name }) => name);
  }

  return createOwnership(take, listOwned, patienceMs);
}

/** The locks of processes that live, or may live. Those of others are cleared away. */
async function listLiving(folder: string): Promise<LockFile[]> {
  const living: LockFile[] = [];
  for (const file of await namesIn(folder)) {
    const lock = parseLockFile(file);
    if (!lock) continue;
    if (await mayLive(lock)) living.push(lock);
    else await rm(join(folder, file), { force: true });
  }
  return living;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

function parseLockFile(file: string): LockFile | null {
  const [, key, hold, host, processId, start] =
    /^([^.]+)\.(own|share)\.([^.]+)\.(\d+)\.(\d*)\.[0-9a-f]+$/.exec(file) ?? [];
  if (key === undefined) return null;
  return {
    file,
    name: decodeURIComponent(key) as OwnedName,
    hold: hold as Hold,
    host: host!,
    processId: Number(processId),
    start: start!,
  };
}

async function mayLive({ host, processId, start }: LockFile): Promise<boolean> {
  return host !== hostName() || (await startOf(processId)) === start;
}

function describe({ host, processId, file }: LockFile, folder: string): string {
  if (host === hostName()) return `process ${processId} of this machine`;
  return `process ${processId} of the machine ${host} (if that has ended, delete ${join(folder, file)})`;
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainFolderError(path, error);
  }
}
