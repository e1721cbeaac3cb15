import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Dataset } from '../dataset/stored/dataset';
import type { JobContext } from '../foundation/jobContext';
import type { SettingsSchema } from '../foundation/setting';
import type { LabModel } from '../model/labModel';
import type { NamedOutputs } from '../model/readout';
import type { LossInput, TrainingPlan } from '../training/trainingPlan';
import type { MethodSource } from './methodSource';

/** What a method changes a network for. */
export interface AdaptFor {
  groupNames: readonly string[];
  /** What the groups are of, such as `skin`. */
  attribute: string;
  /** Decides first weights of what is added. */
  seed: number;
}

/**
 * How a model is trained or treated: one row of the paper's tables. A method is a folder in this room and a line in
 * `methods.ts`; whatever it does not define is as in `vanilla`.
 */
export interface Method<Settings = unknown> {
  /** Stable id, written into models and records. */
  id: string;
  /** Name in tables. */
  label: string;
  /** What it does, in a sentence. */
  meaning: string;
  source: MethodSource;
  /** Every setting has a default: the published one. */
  settings: SettingsSchema<Settings>;
  /** Formula of the loss or the step, as text. */
  formula: string;
  /** Whether prediction needs to know the group. */
  needsGroup?: boolean;
  /** Why a network cannot be trained by this method, a sentence; null when it can. */
  obstacle?(model: LabModel): string | null;
  /** Changes the network before training: another head, exits, a layer per group. Frees the network that it is given where it makes another. */
  adapt?(model: LabModel, settings: Settings, adaptFor: AdaptFor): LabModel;
  /** The loss of a batch, for methods that differ by it alone. */
  loss?(input: LossInput, settings: Settings): Scalar;
  /** The whole plan, for methods with companions, phases, a teacher or several objectives. Goes before `loss`. */
  plan?(settings: Settings): TrainingPlan;
  /** Class logits from the network's outputs, where they are not the output `logits`. */
  classLogits?(outputs: NamedOutputs, groups: Tensor1D | null, settings: Settings): Tensor2D;
  /** Works on the model when its training has ended. Gives the same model, or another and frees the one given. */
  postProcess?(
    work: { model: LabModel; dataset: Dataset; settings: Settings; seed: number },
    context: JobContext,
  ): Promise<LabModel>;
}
