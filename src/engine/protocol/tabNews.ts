import type { OwnedName } from '../../artifacts/ownership';
import type { RunId } from '../../foundation/ids';
import type { Progress } from '../../foundation/jobContext';
import type { RunRecord } from '../../recipe/runRecord';
import type { JobName } from './jobMap';

/** What a tab tells the others of its jobs. `id` is one of its own over all tabs. */
export type TabNews =
  | { kind: 'progress'; id: string; job: JobName; progress: Progress }
  /** That a run has come further. Its record is to be read from the store, which all tabs share. */
  | { kind: 'run'; id: string; runId: RunId }
  /** However it ended. What is stored may have changed. */
  | { kind: 'ended'; id: string };

/** What the page hears of that: of a run its record, as it stands. */
export type HeardNews = Exclude<TabNews, { kind: 'run' }> | { kind: 'run'; id: string; record: RunRecord };

/** What the engine says of other tabs and processes. */
export type ElsewhereNotice =
  | { kind: 'elsewhere'; news: HeardNews }
  /** Everything that they own now; again whenever it has changed. */
  | { kind: 'owned-elsewhere'; names: readonly OwnedName[] };

/** What crosses between tabs. Those of another version of the lab are not listened to. */
export interface TabMessage {
  version: number;
  tab: string;
  news: TabNews;
}
