import { LabError, unreachable } from './labError';

/**
 * Asks the lab's own server for a file, past every cache.
 *
 * @param url absolute
 * @param method HEAD asks only whether it is there
 * @returns the answer, whatever its status
 * @throws LabError `server-unreachable` when there is none
 */
export async function askServer(url: string, method: 'GET' | 'HEAD' = 'GET') {
  try {
    return await fetch(url, { method, cache: 'no-store' });
  } catch (cause) {
    throw new LabError({ ...unreachable(url.split('/').at(-1) || null), cause });
  }
}

/** `server-unreachable` when the lab's own server does not answer now; null when it does. */
export async function serverLoss(root: string): Promise<LabError | null> {
  try {
    await askServer(root, 'HEAD');
    return null;
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
}
