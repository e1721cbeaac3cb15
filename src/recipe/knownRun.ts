import type { DatasetId, ModelId, RunId } from '../foundation/ids';
import type { LabErrorData } from '../foundation/labError';
import type { BaselineOrigin } from './baselineOrigin';
import type { RunConfig } from './runConfig';
import type { ArmRecord, Environment, RecordOrigin, RunRecord } from './runRecord';

/** What it takes to compute again whatever of a run's journal gets damaged. A head of an earlier version says no more. */
export interface KnownRun {
  id: RunId;
  createdAt: string;
  updatedAt: string;
  status: RunRecord['status'];
  error: LabErrorData | null;
  config: RunConfig;
  layer: string;
  /** Where the unpruned model came from, where that is known. */
  baselineOrigin?: BaselineOrigin;
  /** Of a record that was not, or not all, computed here. */
  origin?: RecordOrigin;
  environment: Environment;
  dataset: { id: DatasetId; name: string };
  model: { id: ModelId; name: string };
  arms: KnownArm[];
  /** Times of the looks at the test split. */
  testLooks: string[];
  /** Whether the run has come to its end at any time. */
  hasFinished: boolean;
  /** Bytes of the journal that it follows from; another number means that it is older than the journal. */
  journalBytes: number;
}

export interface KnownArm extends Pick<ArmRecord, 'arm' | 'stop' | 'chosenRound'> {
  /** The number of the last round that was ever finished. */
  roundsDone: number;
}
