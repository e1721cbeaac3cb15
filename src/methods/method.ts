import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Dataset } from '../dataset/stored/dataset';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import type { TrainingLoss } from '../training/trainingLoss';

/**
 * A way to train or treat a model: one row of the paper's tables. A method is a file in this room; whatever it does not
 * define is as in `vanilla`.
 */
export interface Method {
  /** Stable id, written into records. */
  id: string;
  /** Name in tables. */
  label: string;
  /** Publication, and where this differs from it. */
  source: string;
  loss: TrainingLoss;
  /** Changes the network before training: another head, exits, a layer per group. */
  adaptModel?(model: LabModel): LabModel;
  /** Works on a trained model instead of, or after, training. */
  postProcess?(model: LabModel, dataset: Dataset, context: JobContext): Promise<LabModel>;
  /** Class scores from the network's output, [n, classCount]. Given when they are not the output itself. */
  classScores?(logits: Tensor2D, groups: Tensor1D): Tensor2D;
  /** True when prediction needs to know the group. Shown to the user. */
  needsGroupAtInference: boolean;
}
