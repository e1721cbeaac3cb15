import type { RunRecord } from '../../recipe/runRecord';
import type { LabState } from './labState';

/** Whether another tab works on a run that has not come to its end. */
export function isRunElsewhere(
  { id, status }: Pick<RunRecord, 'id' | 'status'>,
  owned: LabState['elsewhere']['owned'],
): boolean {
  return status === 'running' && owned.includes(`run/${id}`);
}
