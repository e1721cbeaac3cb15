import { armLabels } from '../../../recipe/runConfig';
import type { RunRecord } from '../../../recipe/runRecord';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import styles from './PlanView.module.css';

/** Runs that ended before they were done: by a reload, a crash, or a cancel. No finished round is lost. */
export function InterruptedRuns() {
  const runs = useLab(({ inventory }) => inventory.runs);
  const isBusy = useIsBusy();
  const { resumeRun } = useLabActions();
  const interrupted = runs.filter(
    ({ status, error }) => status === 'running' || status === 'cancelled' || mayGoOn(error),
  );
  if (interrupted.length === 0) return null;
  return (
    <section className={styles.runs} aria-label="Interrupted runs">
      <ul>
        {interrupted.map((run) => (
          <li key={run.id}>
            <span>{describe(run)}</span>
            <Button
              isDisabled={isBusy}
              onPress={() => void resumeRun(run.id)}
              aria-label={`Resume the run of ${startTime(run)}`}
            >
              Resume
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Failures that may not come again: the run itself was in order. */
function mayGoOn(error: RunRecord['error']): boolean {
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
  ];
  return error !== null && passing.includes(error.code);
}

function startTime({ createdAt }: RunRecord): string {
  return new Date(createdAt).toLocaleString('en-GB');
}

function describe(run: RunRecord): string {
  const done = run.arms.map(
    ({ arm, rounds }) => `${armLabels[arm]} ${rounds.length} of ${run.config.pruning.rounds} rounds`,
  );
  return `Run of ${startTime(run)} on ${run.dataset.name} was interrupted: ${done.join(', ') || 'no round finished yet'}.`;
}
