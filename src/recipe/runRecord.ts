import type * as z from 'zod/mini';
import type { MemoryLimits } from '../compute/memoryLimits';
import type { SelfTestReport } from '../compute/selfTest/selfTestCheck';
import type { SplitName } from '../dataset/splitName';
import type { DatasetManifest } from '../dataset/stored/dataset';
import type { Interval } from '../fairness/fairnessEvaluation';
import type { FairnessCriterion } from '../fairness/paperTable';
import type { DatasetId, ModelId, RunId } from '../foundation/ids';
import type { LabErrorData } from '../foundation/labError';
import type { PruningPlan } from '../model/labModel';
import type { ModelSummary } from '../model/modelSummary';
import type { ChannelScores } from '../snnl/snnlOptions';
import type { EpochRecord } from '../training/trainSettings';
import type { BaselineOrigin } from './baselineOrigin';
import type { evaluation } from './evaluationSchema';
import type { RunConfig } from './runConfig';

/** Where a run was computed. */
export interface Environment {
  backend: 'webgpu' | 'wasm' | 'cpu';
  /** Adapter name on WebGPU; `SIMD, 1 thread` and the like on WASM. */
  device: string;
  /** Why this backend was chosen. */
  reason: string;
  labVersion: string;
  /** The browser or program that computed, with its version: `Chromium 141`, `Node 20.19.0`; absent in older records. */
  host?: string;
  tfjsVersion: string;
  memory: MemoryLimits;
  /** What the self-test found on this device; null in records from before there was one. */
  selfTest: SelfTestReport | null;
  /** What is to be known of how the lab stores here, a sentence; absent where there is nothing. */
  storeNote?: string;
}

/** What a model does on one split. */
export type Evaluation = z.infer<typeof evaluation>;

/** One round of one arm: prune, fine-tune, evaluate. */
export interface RoundRecord {
  /** 1, 2, 3, … */
  round: number;
  /** Null in the arm that only fine-tunes. */
  plan: PruningPlan | null;
  /** The channels removed in this round, by their index in the model that the run started with. */
  prunedOriginal: number[];
  channelsLeft: number;
  parameters: number;
  macs: number;
  bytes: number;
  history: EpochRecord[];
  /** How fine-tuning ended; absent in older records. */
  fineTuning?: { endedBy: 'epochs' | 'early-stopping' | 'finish-now'; keptEpoch: number | null; notes: string[] };
  evaluation: Evaluation;
  scoresAfter: ChannelScores;
  /** The model as it stood at the end of the round; can be exported and resumed from. */
  modelId: ModelId;
  elapsedMs: number;
}

/** One round of one arm of a run. */
export interface RoundName {
  arm: string;
  round: number;
}

export type StopReason = 'accuracy-drop' | 'no-fairness-gain' | 'rounds-done';

export interface ArmRecord {
  arm: string;
  rounds: RoundRecord[];
  /** Where the stop rule fired; with `continuePastStop`, where it would have. */
  stop: { round: number; reason: StopReason } | null;
  /** The eligible round with the best validation FATE, unless all are below 0; 0 = none, the unpruned model stands. */
  chosenRound: number;
}

/** A difference with its paired interval; null where it is undefined. */
export type Difference = Record<FairnessCriterion, { value: number | null; interval: Interval | null }>;

/** SNNL-Fair minus another arm after the same round: paired, on the same resamples. */
export interface ArmContest {
  rival: string;
  /** SNNL-Fair's round, and the rival's: the same. */
  round: number;
  rivalRound: number;
  /** Of FATE. An interval that holds 0 is no evidence that the ranking matters. */
  difference: Difference;
  /** Of the gap itself, which says something, too, where FATE does not; absent in older records. */
  gapDifference?: Difference;
}

/** One look at the locked test split. */
export interface TestLook {
  at: string;
  baseline: Evaluation;
  /** SNNL-Fair's chosen round, in every arm that has it; where none was chosen, the chosen round of every arm that has one. */
  arms: { arm: string; round: number; evaluation: Evaluation }[];
  /** SNNL-Fair against the other arms; absent in older records. */
  contests?: ArmContest[];
}

/**
 * That a record was read from a file: `imported`, as a whole; `merged`, a run computed here, of which a file knew more looks at
 * the test split. `at` is when it was read, ISO 8601.
 */
export interface RecordOrigin {
  kind: 'imported' | 'merged';
  at: string;
}

/** Everything about a run. The page shows it, exports it, re-imports it; the command line reads and writes it. */
export interface RunRecord {
  schema: 'snnl-fair-lab/run';
  schemaVersion: 1;
  id: RunId;
  createdAt: string;
  updatedAt: string;
  status: 'running' | 'finished' | 'cancelled' | 'failed';
  error: LabErrorData | null;
  /** Absent when all of it was computed here. */
  origin?: RecordOrigin;
  /** True when the user ended the run before all rounds were done. */
  endedEarly?: boolean;
  config: RunConfig;
  /** The layer that was pruned, resolved. */
  layer: string;
  environment: Environment;
  dataset: Pick<
    DatasetManifest,
    | 'name'
    | 'source'
    | 'imageSize'
    | 'imageFit'
    | 'decoder'
    | 'classNames'
    | 'groupNames'
    | 'sensitiveAttribute'
    | 'splitHashes'
    | 'mapping'
  > & { id: DatasetId; counts: Record<SplitName, number[][]> };
  model: ModelSummary;
  /** Where the model came from; absent where nobody said it. */
  baselineOrigin?: BaselineOrigin;
  baseline: { evaluation: Evaluation; scores: ChannelScores };
  arms: ArmRecord[];
  /** SNNL-Fair against the other arms on the validation split, once all arms are done; absent in older records. */
  contests?: ArmContest[];
  testLooks: TestLook[];
}
