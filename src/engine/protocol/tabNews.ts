import type { OwnedName } from '../../artifacts/ownership';
import type { Progress } from '../../foundation/jobContext';
import type { JobName, JobPartial } from './jobMap';

/** What a tab tells the others of its jobs. `id` is one of its own over all tabs. */
export type TabNews =
  | { kind: 'progress'; id: string; job: JobName; progress: Progress }
  /** What a run has come to. */
  | { kind: 'run'; id: string; partial: JobPartial<'runRecipe'> }
  /** However it ended. What is stored may have changed. */
  | { kind: 'ended'; id: string };

/** What the engine says of other tabs and processes. */
export type ElsewhereNotice =
  | { kind: 'elsewhere'; news: TabNews }
  /** Everything that they own now; again whenever it has changed. */
  | { kind: 'owned-elsewhere'; names: readonly OwnedName[] };

/** What crosses between tabs. Those of another version of the lab are not listened to. */
export interface TabMessage {
  version: number;
  tab: string;
  news: TabNews;
}
