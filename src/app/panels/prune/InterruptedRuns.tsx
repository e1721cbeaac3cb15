import type { RunHead } from '../../../recipe/runHead';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import styles from './PlanView.module.css';
import { roundsDone, startTime } from './runWords';

/**
 * Runs that ended before they were done: by a reload, a crash, or a cancel, and damaged ones; not those that another tab works on.
 * No finished round is lost.
 */
export function InterruptedRuns() {
  const { runs, unreadableRuns } = useLab(({ inventory }) => inventory);
  const isBusy = useIsBusy();
  const owned = useLab(({ elsewhere }) => elsewhere.owned);
  const { resumeRun } = useLabActions();
  const interrupted = runs.filter(
    ({ id, status, error }) =>
      !owned.includes(`run/${id}`) && (status === 'running' || status === 'cancelled' || mayGoOn(error)),
  );
  const lost = unreadableRuns.filter(({ canResume }) => canResume);
  if (interrupted.length + lost.length === 0) return null;
  return (
    <section className={styles.runs} aria-label="Interrupted runs">
      <ul>
        {interrupted.map((run) => (
          <li key={run.id}>
            <span>{describe(run)}</span>
            <Button
              isDisabled={isBusy}
              onPress={() => void resumeRun(run.id)}
              aria-label={`${wayOn(run)} the run of ${startTime(run)}`}
            >
              {wayOn(run)}
            </Button>
          </li>
        ))}
        {lost.map(({ id, error }) => (
          <li key={id}>
            <span>{error.message}</span>
            <Button isDisabled={isBusy} onPress={() => void resumeRun(id)} aria-label={`Compute again the run ${id}`}>
              Compute again
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function wayOn({ error }: RunHead): string {
  return error?.code === 'artifact-damaged' ? 'Compute again' : 'Resume';
}

/** Failures that may not come again: the run itself was in order. */
function mayGoOn(error: RunHead['error']): boolean {
  const passing = [
    'device-lost',
    'backend-failed',
    'out-of-memory',
    'worker-crashed',
    'worker-unresponsive',
    'server-unreachable',
    'part-not-loaded',
    'quota-exceeded',
    'storage-failed',
    'artifact-damaged',
  ];
  return error !== null && passing.includes(error.code);
}

function describe(run: RunHead): string {
  if (run.error?.code === 'artifact-damaged') return `${run.error.message} ${run.error.hint}`;
  return `Run of ${startTime(run)} on ${run.dataset.name} was interrupted: ${roundsDone(run)}.`;
}
