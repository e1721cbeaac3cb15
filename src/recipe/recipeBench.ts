import type { Dataset } from '../dataset/dataset';
import type { ModelId } from '../foundation/ids';
import type { LabModel } from '../model/labModel';
import type { RunRecord } from './runRecord';

/** What a run works with: the data, the unpruned model, and a place to keep what it makes. */
export interface RecipeBench {
  dataset: Dataset;
  /** The unpruned model. Never changed. */
  unpruned: LabModel;
  /** Keeps the model of a finished round. */
  saveModel(model: LabModel): Promise<void>;
  loadModel(id: ModelId): Promise<LabModel>;
  /** Keeps the record as it stands; called after the baseline, after every round and at the end. */
  saveRecord(record: RunRecord): Promise<void>;
}
