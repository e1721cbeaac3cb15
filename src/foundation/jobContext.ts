import type { LabError } from './labError';

/** Where a job stands. `fraction` is of the whole job, the rest is of its current stage. */
export interface Progress {
  /** What is being done, in the user's words: `Round 2 · fine-tuning`. */
  stage: string;
  done: number;
  total: number;
  /** What `done` and `total` count: `images`, `batches`, `replicates`. */
  unit: string;
  /** Share of the whole job that is done, 0 to 1. Never falls; 1 when the job is done. */
  fraction: number;
  /** Estimated time left for the whole job in ms, or null while it cannot be told. */
  etaMs: number | null;
  /** How many of `unit` the current stage does a second, or null while it cannot be told. */
  perSecond: number | null;
}

/** What every long function of the core gets: it reports through it, and lets others in through it. */
export interface JobContext {
  /**
   * Lets the event loop run, so that a cancel message can arrive. To be awaited once a batch.
   * Waits while the job is paused. @throws LabError `cancelled`, or what the job was failed with
   */
  breathe(): Promise<void>;
  /** True when the user wants the job to come to its end now and keep the best it has. Long loops ask once a batch. */
  isFinishing(): boolean;
  /** Reports how far this context's share of the job is. */
  report(done: number, total: number, unit: string): void;
  /** A context for the part of this one's share between `from` and `to` (0 to 1), named after this one's; '' adds no name. */
  part(stage: string, from: number, to: number): JobContext;
}

/** The other side of a {@link JobContext}: who runs the job steers it here. */
export interface JobControl {
  context: JobContext;
  cancel(): void;
  /** Ends the job with an error from outside, such as a lost device; whatever else it was asked for. */
  fail(error: LabError): void;
  pause(): void;
  resume(): void;
  /** Asks the job to come to its end and keep the best it has, where it can; a paused one goes on. */
  finishNow(): void;
  /** Sends the last progress, with fraction 1, whatever the throttle. */
  finish(): void;
}
