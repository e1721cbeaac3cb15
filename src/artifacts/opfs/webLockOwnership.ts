import { createOwnership, type OwnedName, type Ownership, type TakeName } from '../ownership';
import { explainStorageError } from './explainStorageError';

/** Other pages of the same site may have locks, too. */
const prefix = 'snnl-fair-lab/';

/** Ownership among all tabs and workers of a browser, by Web Locks: the browser frees what a tab had when it ends. */
export function createWebLockOwnership(locks: LockManager, patienceMs?: number): Ownership {
  const take: TakeName = (name, hold) =>
    explained(
      name,
      new Promise((resolve, reject) => {
        const mode = hold === 'own' ? 'exclusive' : 'shared';
        const over = locks.request(prefix + name, { mode, ifAvailable: true }, (lock) => {
          if (!lock) return resolve({ heldBy: null });
          // The lock is held as long as this promise is open.
          return new Promise<void>((release) => {
            resolve({
              async letGo() {
                release();
                await over;
              },
            });
          });
        });
        over.catch(reject);
      }),
    );

  async function listOwned(): Promise<OwnedName[]> {
    const { held = [] } = await explained('the locks', locks.query());
    return held
      .filter(({ name, mode }) => mode === 'exclusive' && name?.startsWith(prefix))
      .map(({ name }) => name!.slice(prefix.length) as OwnedName);
  }

  return createOwnership(take, listOwned, patienceMs);
}

async function explained<T>(what: string, pending: Promise<T>): Promise<T> {
  try {
    return await pending;
  } catch (error) {
    throw explainStorageError(what, error);
  }
}
