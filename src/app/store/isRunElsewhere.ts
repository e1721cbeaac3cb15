import type { RunHead } from '../../recipe/runHead';
import type { LabState } from './labState';

/** Whether another tab works on a run that has not come to its end. */
export function isRunElsewhere(
  { id, status }: Pick<RunHead, 'id' | 'status'>,
  owned: LabState['elsewhere']['owned'],
): boolean {
  return status === 'running' && owned.includes(`run/${id}`);
}
