import type { Dataset } from '../dataset/dataset';
import type { ModelId, RunId } from '../foundation/ids';
import type { LabModel } from '../model/labModel';
import type { CheckpointSlot } from '../training/checkpointSlot';
import type { ArmName } from './runConfig';
import type { RunRecord } from './runRecord';

/** What a run works with: the data, the unpruned model, and a place to keep what it makes. */
export interface RecipeBench {
  dataset: Dataset;
  /** The unpruned model. Never changed. */
  unpruned: LabModel;
  /** Keeps the model of a finished round. */
  saveModel(model: LabModel): Promise<unknown>;
  loadModel(id: ModelId): Promise<LabModel>;
  /** Where the fine-tuning of a round under way keeps its checkpoints. */
  checkpointSlot(run: RunId, arm: ArmName, round: number): CheckpointSlot;
  /** Keeps the record as it stands; called after the baseline, after every round and at the end. */
  saveRecord(record: RunRecord): Promise<void>;
}
