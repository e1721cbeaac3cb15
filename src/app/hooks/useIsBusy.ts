import { useLab } from '../store/LabProvider';
import { runningStage } from '../store/runningStage';

/** Whether a job is under way: the page starts no second one then. */
export function useIsBusy(): boolean {
  return useLab((state) => runningStage(state) !== null);
}
