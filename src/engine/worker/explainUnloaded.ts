import { serverLoss } from '../../foundation/askServer';
import { toErrorData } from '../../foundation/labError';

/**
 * Tells why a part of the lab could not be loaded: `server-unreachable` when the server does not answer, else the error
 * itself, which `toErrorData` names `part-not-loaded`. Any other error is returned as it is.
 *
 * @param root address of the page's own files
 */
export async function explainUnloaded(thrown: unknown, root: string): Promise<unknown> {
  if (toErrorData(thrown).code !== 'part-not-loaded') return thrown;
  return (await serverLoss(root)) ?? thrown;
}
