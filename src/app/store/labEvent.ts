import type { EngineNotice } from '../../engine/labEngine';
import type { Inventory } from '../../engine/protocol/jobMap';
import type { Progress } from '../../foundation/jobContext';
import type { LabErrorData } from '../../foundation/labError';
import type { MethodDescription } from '../../methods/methodDescription';
import type { RunRecord } from '../../recipe/runRecord';
import type { EpochRecord } from '../../training/trainSettings';
import type { StageName, StageResults } from './labState';

/** A stage has its result. */
export type DoneEvent = {
  [S in StageName]: { kind: 'done'; stage: S; jobId: string; result: StageResults[S] };
}[StageName];

/** Something stored was opened: a stage has a result without a job. */
export type OpenedEvent = {
  [S in 'data' | 'model']: { kind: 'opened'; stage: S; result: StageResults[S] };
}['data' | 'model'];

/** Everything that may change what the page shows of the engine's work. */
export type LabEvent =
  | { kind: 'started'; stage: StageName; jobId: string }
  | { kind: 'progress'; stage: StageName; jobId: string; progress: Progress }
  | { kind: 'paused'; stage: StageName; jobId: string; paused: boolean }
  /** The files that were inspected are no longer to be imported. */
  | { kind: 'files-put-away' }
  /** The questions about a model's files are not to be answered. */
  | { kind: 'questions-put-away' }
  | { kind: 'epoch'; jobId: string; epoch: EpochRecord }
  /** What the user should know of a training that has ended. */
  | { kind: 'training-noted'; notes: string[] }
  | { kind: 'round'; jobId: string; record: RunRecord }
  | DoneEvent
  | { kind: 'failed'; stage: StageName; jobId: string; error: LabErrorData }
  | { kind: 'cancelled'; stage: StageName; jobId: string }
  | OpenedEvent
  | { kind: 'inventory'; inventory: Inventory }
  | { kind: 'methods'; methods: MethodDescription[] }
  | { kind: 'record-chosen'; record: RunRecord }
  | { kind: 'alert'; error: LabErrorData | null }
  | { kind: 'notice'; notice: EngineNotice };
