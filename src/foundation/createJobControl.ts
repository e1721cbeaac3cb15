import type { JobContext, JobControl, Progress } from './jobContext';
import { LabError } from './labError';

/** At most ten reports a second cross to the page. */
const minReportGapMs = 100;

/** Least share of a job that must be done before its end is worth guessing. */
const minFractionForEta = 0.01;
/** Least time in a stage after which its speed is worth telling. */
const minTimeForRateMs = 1000;

/**
 * Starts the bookkeeping of one job: monotone, throttled progress with an estimate of the time left, and a cooperative
 * cancel and pause that take effect at the job's next `breathe`.
 *
 * @param stage name of the first stage
 * @param emit receives each report
 */
export function createJobControl(stage: string, emit: (progress: Progress) => void): JobControl {
  /** Time and fraction of the first report: waiting for a turn, and what a resumed job had done before, say nothing of its speed. */
  let first: { nowMs: number; fraction: number } | null = null;
  let pausedMs = 0;
  let fraction = 0;
  let lastEmitMs = Number.NEGATIVE_INFINITY;
  let lastStage = '';
  let last: Progress = { stage, done: 0, total: 1, unit: '', fraction: 0, etaMs: null, perSecond: null };
  /** The first report of the current stage. */
  let opening: { name: string; nowMs: number; pausedMs: number; done: number } | null = null;
  let cancelled = false;
  let failure: LabError | null = null;
  let finishing = false;
  let pausedSinceMs: number | null = null;
  let wake: (() => void) | null = null;

  function send(progress: Progress, nowMs: number) {
    last = progress;
    if (progress.stage === lastStage && nowMs - lastEmitMs < minReportGapMs) return;
    lastEmitMs = nowMs;
    lastStage = progress.stage;
    emit(progress);
  }

  /** `path` holds the names of the parts that a context is in; the job itself is named only while it has no part. */
  function contextFor(path: string[], from: number, to: number): JobContext {
    const name = path.length === 0 ? stage : path.join(' · ');
    return {
      async breathe() {
        await nextMacrotask();
        while (pausedSinceMs !== null && !cancelled && !failure) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        if (failure) throw failure;
        if (cancelled) {
          throw new LabError({
            code: 'cancelled',
            stage: last.stage,
            message: 'The job was cancelled.',
            hint: 'Rounds that had finished are kept. Start again, or resume the run.',
          });
        }
      },
      isFinishing: () => finishing,
      report(done, total, unit) {
        const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 1;
        fraction = Math.max(fraction, Math.min(1, from + (to - from) * share));
        const nowMs = performance.now();
        first ??= { nowMs, fraction };
        const gained = fraction - first.fraction;
        const elapsedMs = nowMs - first.nowMs - pausedMs;
        const etaMs = gained < minFractionForEta ? null : (elapsedMs * (1 - fraction)) / gained;
        if (opening?.name !== name || done < opening.done) opening = { name, nowMs, pausedMs, done };
        const stageMs = nowMs - opening.nowMs - (pausedMs - opening.pausedMs);
        const perSecond = stageMs < minTimeForRateMs ? null : (1000 * (done - opening.done)) / stageMs;
        send({ stage: name, done, total, unit, fraction, etaMs, perSecond }, nowMs);
      },
      part(partName, partFrom, partTo) {
        const span = to - from;
        const inner = partName === '' ? path : [...path, partName];
        return contextFor(inner, from + span * partFrom, from + span * partTo);
      },
    };
  }

  function release() {
    wake?.();
    wake = null;
  }

  function resume() {
    if (pausedSinceMs !== null) pausedMs += performance.now() - pausedSinceMs;
    pausedSinceMs = null;
    release();
  }

  return {
    context: contextFor([], 0, 1),
    cancel() {
      cancelled = true;
      release();
    },
    fail(error) {
      failure = error;
      release();
    },
    pause() {
      pausedSinceMs ??= performance.now();
    },
    resume,
    finishNow() {
      finishing = true;
      resume();
    },
    finish() {
      emit({ ...last, done: last.total, fraction: 1, etaMs: 0 });
    },
  };
}

/** A context that neither reports nor stops: for tests and for callers that do not care. */
export function createSilentContext(): JobContext {
  return createJobControl('', () => undefined).context;
}

/** Resolves in a later turn of the event loop; resolved promises alone would starve incoming messages. */
function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
