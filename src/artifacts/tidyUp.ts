import { LabError } from '../foundation/labError';

/**
 * Deletes what nothing needs any more. When the store fails, it is left: what is wanted is durable already, and the check at the
 * next start deletes it.
 */
export async function tidyUp(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
  }
}
