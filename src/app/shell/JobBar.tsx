import type { Progress } from '../../foundation/jobContext';
import { formatCount, formatPercent } from '../format/formatNumber';
import { formatDuration } from '../format/formatQuantity';
import { useLab, useLabActions } from '../store/LabProvider';
import { runningStage } from '../store/runningStage';
import { Button } from '../ui/Button';
import { JobAnnouncer } from './JobAnnouncer';
import styles from './JobBar.module.css';
import { stageTitles } from './steps';

/** Below this a speed is better told by the time left. */
const minRate = 2;

/** The job under way: what, how far, how long still; pause and cancel. There on every step. */
export function JobBar() {
  const stage = useLab(runningStage);
  return (
    <footer className={styles.bar} aria-label="Job">
      <JobAnnouncer />
      {stage === null ? <JobElsewhere /> : <RunningJob stage={stage} />}
      <SilentWorker />
    </footer>
  );
}

/** While nothing runs here: the job of another tab, which only that tab can steer. */
function JobElsewhere() {
  const progress = useLab(({ elsewhere }) => elsewhere.jobs[0]?.progress ?? null);
  if (progress === null) return <span className={styles.idle}>No job is running.</span>;
  return (
    <>
      <span className={styles.stage}>
        <strong>In another tab</strong> · {progress.stage}
      </span>
      <progress className={styles.progress} aria-label="Progress in another tab" max={1} value={progress.fraction} />
      <span className={styles.numbers}>{numbersText(progress)}</span>
      <span className={styles.eta}>{etaText(progress.etaMs)} · cancel it there</span>
    </>
  );
}

/** A long step blocks the worker too: so its silence is shown, and ending it is left to the user. */
function SilentWorker() {
  const silentMs = useLab((state) => state.silentMs);
  const { restartWorker } = useLabActions();
  if (silentMs === null) return null;
  return (
    <span className={styles.silent}>
      <span title="One long step keeps the worker from speaking: large images, large batches or a slow machine. Or it hangs.">
        Nothing heard of the worker for {formatDuration(silentMs)}
      </span>
      <Button look="quiet" onPress={() => void restartWorker()}>
        End it and start a new worker
      </Button>
    </span>
  );
}

function RunningJob({ stage }: { stage: NonNullable<ReturnType<typeof runningStage>> }) {
  const job = useLab(({ stages }) => stages[stage]);
  const { cancel, pause, resume, finishNow } = useLabActions();
  if (job.status !== 'running') return null;
  const { progress, paused } = job;
  const fraction = progress?.fraction ?? 0;
  return (
    <>
      <span className={styles.stage}>
        <strong>{stageTitles[stage]}</strong>
        {progress ? <span> · {progress.stage}</span> : null}
      </span>
      <progress className={styles.progress} aria-label="Progress of the job" max={1} value={fraction} />
      <span className={styles.numbers}>{progress ? numbersText(progress) : formatPercent(0)}</span>
      <span className={styles.eta}>{paused ? 'paused' : etaText(progress?.etaMs ?? null)}</span>
      <Button look="quiet" onPress={() => (paused ? resume(stage) : pause(stage))}>
        {paused ? 'Resume' : 'Pause'}
      </Button>
      {stage === 'model' || stage === 'prune' ? (
        <Button look="quiet" onPress={() => finishNow(stage)}>
          Finish now, keep the best
        </Button>
      ) : null}
      <Button look="quiet" onPress={() => cancel(stage)}>
        Cancel
      </Button>
    </>
  );
}

function numbersText(progress: Progress): string {
  const { fraction, done, total, unit } = progress;
  const counted = total > 0 ? ` · ${formatCount(done)} of ${formatCount(total)} ${unit}` : '';
  return `${formatPercent(Math.floor(fraction * 1000) / 1000)}${counted}${rateText(progress)}`;
}

/** The speed of what is counted in ones, such as images; batches and rounds are too few to have one. */
function rateText({ perSecond, unit }: Progress): string {
  return perSecond === null || perSecond < minRate ? '' : ` · ${formatCount(Math.round(perSecond))} ${unit}/s`;
}

function etaText(etaMs: number | null): string {
  return etaMs === null ? 'time left: not known yet' : `about ${formatDuration(etaMs)} left`;
}
