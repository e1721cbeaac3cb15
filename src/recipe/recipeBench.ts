import type { Dataset } from '../dataset/stored/dataset';
import type { ModelId, RunId } from '../foundation/ids';
import type { LabModel } from '../model/labModel';
import type { CheckpointSlot } from '../training/checkpointSlot';
import type { PredictionShelf } from './predictionArchive';
import type { RunEvent } from './runEvents';

/** What a run is about. */
export interface RunInputs {
  dataset: Dataset;
  /** The unpruned model. Never changed. */
  unpruned: LabModel;
}

/** What it takes to look at a run again. */
export interface ViewingBench extends RunInputs {
  loadModel(id: ModelId): Promise<LabModel>;
  /** What the run's models predict. */
  predictions: PredictionShelf;
}

/** What a run works with: the data, the unpruned model, and a place to keep what it makes. */
export interface RecipeBench extends ViewingBench {
  /** The frozen network that the model's method compares with; null where it needs none. */
  teacher: LabModel | null;
  /** Keeps the model of a finished round. */
  saveModel(model: LabModel): Promise<unknown>;
  /** Where the fine-tuning of a round under way keeps its checkpoints. */
  checkpointSlot(run: RunId, arm: string, round: number): CheckpointSlot;
  /** Keeps what has happened to the run, for good, and tells whoever follows it. */
  note(event: RunEvent): Promise<void>;
}
