import type { ImageSetManifest } from '../../dataset/images/imageSet/imageSet';
import type { InterruptedImport } from '../../dataset/images/imageSet/listInterruptedImports';
import type { DatasetMapping } from '../../dataset/mapping/datasetMapping';
import type { ImageRecord } from '../../dataset/mapping/describeRecord';
import type { MappingPreview } from '../../dataset/mapping/mappedSamples';
import type { SplitSettings } from '../../dataset/split/splitSettings';
import type { SplitName } from '../../dataset/splitName';
import type { DatasetManifest, DemoSettings } from '../../dataset/stored/dataset';
import type { DatasetHead } from '../../dataset/stored/datasetHead';
import type { UnreadableDataset } from '../../dataset/stored/listDatasets';
import type { FilesSummary } from '../../dataset/suggest/filesSummary';
import type { JoinPlan } from '../../dataset/tables/joinPlan';
import type { EvaluationSettings, FairnessEvaluation } from '../../fairness/fairnessEvaluation';
import type { PredictionsAudit } from '../../fairness/predictions/auditPredictions';
import type { PredictionsColumns } from '../../fairness/predictions/readPredictions';
import type { DatasetId, ImageSetId, ModelId, RunId, TrainingId } from '../../foundation/ids';
import type { ImageFit } from '../../foundation/imageFit';
import type { Answers } from '../../foundation/openQuestion';
import type { MethodDescription } from '../../methods/methodDescription';
import type {
  ArchitectureSpec,
  ExportFormat,
  MethodChoice,
  ModelUse,
  PruningMode,
  PruningPlan,
  PruningTargets,
} from '../../model/labModel';
import type { ModelSummary } from '../../model/modelSummary';
import type { BaselineOrigin } from '../../recipe/baselineOrigin';
import type { UnreadableRun } from '../../recipe/runArchive';
import type { RunConfig } from '../../recipe/runConfig';
import type { RunEvent } from '../../recipe/runEvents';
import type { RunHead } from '../../recipe/runHead';
import type { Evaluation, RunRecord } from '../../recipe/runRecord';
import type { ScoreSensitivity } from '../../recipe/sensitivity';
import type { ChannelScores, SnnlOptions } from '../../snnl/snnlOptions';
import type { EpochRecord, TrainSettings } from '../../training/trainSettings';

/** A file that the user gave, with its path inside the folder or drop. */
export interface LabFile {
  path: string;
  file: File;
}

/** Where the records that are mapped come from: the files that were inspected last, or a stored dataset. */
export type MappingSource = { kind: 'inspected'; join: JoinPlan } | { kind: 'dataset'; datasetId: DatasetId };

/** One round of a run, analysed. */
export interface RoundAnalysis {
  runId: RunId;
  arm: string;
  round: number;
  analysis: FairnessEvaluation;
}

/** One vector file's comparison on one implementation. */
export interface VectorCheck {
  file: string;
  implementation: 'reference' | 'wasm' | 'webgpu';
  cases: number;
  /** Largest error, in the unit of the tolerance. */
  largestError: number;
  tolerance: number;
  /** Which case and field the largest error is in. */
  worst: string;
  passed: boolean;
  /** Why this was not checked at all, in which case nothing passed; null when it was checked. */
  skipped: string | null;
}

/** A model that was trained, and how. */
export interface TrainedModel {
  model: ModelSummary;
  history: EpochRecord[];
  endedBy: 'epochs' | 'early-stopping' | 'finish-now';
  /** The epoch whose weights the model has; null when none had finished. */
  keptEpoch: number | null;
  /** Sentences: what the user should know of it. */
  notes: string[];
}

/** A training that did not come to its end, as it stands after its last finished epoch. */
export interface InterruptedTraining {
  id: TrainingId;
  name: string;
  datasetId: DatasetId;
  epoch: number;
  epochs: number;
  /** It has come to its end, but its model is not stored yet: going on trains nothing more. */
  isTrained: boolean;
  storedBytes: number;
}

/** A training that is stored but cannot be gone on with, and why. It can be deleted. */
export interface UnreadableTraining {
  id: TrainingId;
  reason: string;
}

/** The browser's storage for this site; of a folder, the disk that it is on. */
export interface StorageUse {
  usedBytes: number;
  quotaBytes: number;
  /** Whether the browser has promised not to clear it when the disk gets full. */
  isPersistent: boolean;
}

/** What can be deleted by itself. */
export type StoredTarget =
  | { kind: 'dataset'; id: DatasetId }
  | { kind: 'interrupted-import'; id: ImageSetId }
  | { kind: 'model'; id: ModelId }
  | { kind: 'run'; id: RunId }
  /** The models and predictions of a finished run's old rounds; its record stays whole. */
  | { kind: 'run-rounds'; id: RunId }
  | { kind: 'training'; id: TrainingId };

/** Something stored, and what deleting it frees. */
export interface StoredPart {
  target: StoredTarget;
  /** What it is, in words. */
  name: string;
  bytes: number;
  /** Why it could be let go, or what follows; null for what the user has made to keep. */
  freeable: string | null;
}

/** What is stored on this machine, in the order it was made, by its heads: `readDataset` and `readRun` give the whole. */
export interface Inventory {
  datasets: DatasetHead[];
  /** Datasets that this version of the lab cannot read, and why. They can be deleted. */
  unreadableDatasets: UnreadableDataset[];
  /** Images of imports that were cut off. Importing the same files again goes on from there. */
  interruptedImports: InterruptedImport[];
  /** Null where the browser does not say. */
  storage: StorageUse | null;
  models: ModelSummary[];
  runs: RunHead[];
  trainings: InterruptedTraining[];
  /** Trainings that cannot be gone on with, and why. They can be deleted. */
  unreadableTrainings: UnreadableTraining[];
  /** Runs that are damaged, or that this version of the lab cannot read. They can be deleted, some computed again. */
  unreadableRuns: UnreadableRun[];
  /** Sentences: what was put right when the stored runs were read. */
  runNotes: string[];
  /** Ids of models whose files are damaged. They can be deleted. */
  unreadableModels: ModelId[];
  /** What the check at the start has cleared away, in sentences. */
  repaired: string[];
  /** Everything that can be deleted by itself, largest first. */
  stored: StoredPart[];
}

/** A file made by the lab, for the user to keep. */
export interface MadeFile {
  fileName: string;
  mediaType: string;
  bytes: ArrayBuffer;
}

/** How a network is to be used, where its files do not say it, or say it otherwise. */
export interface LoadOptions extends ModelUse {
  /** Side of the images, for checkpoints: they do not say it. */
  imageSize?: number;
  /** What the user has said of what the files leave open. */
  answers?: Answers;
  /** The id that the model had when the lab exported it. It has it again when its weights and use are still those. */
  knownAs?: ModelId;
}

/** Predictions as CSV, and what the user should know of them. */
export interface MadePredictions extends MadeFile {
  imageCount: number;
  /** Share of right predictions; null where labels are not known. */
  accuracy: number | null;
  /** How image files became squares; null for a stored split. */
  imageFit: ImageFit | null;
  /** Images that were left out, and why. */
  unreadable: { name: string; reason: string }[];
}

/**
 * Every job of the engine: what it takes, what it may send on the way, what it gives. Every message type derives from
 * this map, so that a job without a handler, or a handler without a job, does not compile.
 */
export interface JobMap {
  /** Lists what the given files hold: tables, columns, images. */
  inspectFiles: { params: { files: LabFile[] }; partial: never; result: FilesSummary };
  /** Decodes, resizes, maps, splits and stores a labelled set. */
  importFiles: {
    params: {
      name: string;
      files: LabFile[];
      join: JoinPlan;
      mapping: DatasetMapping;
      imageSize: number;
      /** How images of other shapes become squares; squeezed when left out. */
      imageFit?: ImageFit;
      split: SplitSettings;
    };
    partial: never;
    result: DatasetManifest;
  };
  /** What a mapping would make of the files that were inspected last, or of a stored dataset. Stores nothing. */
  previewMapping: {
    params: { source: MappingSource; mapping: DatasetMapping; split: SplitSettings; withSamples?: boolean };
    partial: never;
    result: MappingPreview;
  };
  /** Maps the images of a stored dataset anew, as a further dataset. Decodes nothing. */
  remapDataset: {
    params: { datasetId: DatasetId; name: string; mapping: DatasetMapping; split: SplitSettings };
    partial: never;
    result: DatasetManifest;
  };
  generateDemo: { params: { settings: DemoSettings }; partial: never; result: DatasetManifest };
  /** The manifest of a stored dataset, with its samples. */
  readDataset: { params: { datasetId: DatasetId }; partial: never; result: DatasetManifest };
  /** What is known of stored images besides their pixels. */
  readImageSet: { params: { imageSetId: ImageSetId }; partial: never; result: ImageSetManifest };
  /** All that the tables say of one stored image of an imported dataset. */
  readRecord: { params: { datasetId: DatasetId; imageIndex: number }; partial: never; result: ImageRecord };
  /** Pixels of a few stored images, row-major [n, size, size, 3]. */
  readThumbnails: {
    params: { imageSetId: ImageSetId; imageIndices: number[] };
    partial: never;
    result: { imageSize: number; pixels: Uint8Array<ArrayBuffer> };
  };
  /** A network from files, or the one that was trained on the demo at this position of its dial. */
  loadModel: {
    params: {
      source: { kind: 'demo-baseline'; bias: number } | { kind: 'files'; files: LabFile[] };
      options?: LoadOptions;
    };
    partial: never;
    result: ModelSummary;
  };
  /** Names a stored model and its classes, and sets how pixels go in. Gives a model with an id of its own. */
  setModelUse: { params: { modelId: ModelId; use: ModelUse }; partial: never; result: ModelSummary };
  /** Keeps a round of a run as a model of its own, to go on from. */
  keepRound: { params: { modelId: ModelId; name: string }; partial: never; result: ModelSummary };
  /** Every method that a network can be trained by. */
  listMethods: { params: Record<string, never>; partial: never; result: MethodDescription[] };
  trainModel: {
    params: {
      datasetId: DatasetId;
      name: string;
      architecture: ArchitectureSpec;
      /** Cross-entropy when left out. */
      method?: MethodChoice;
      settings: TrainSettings;
      seed: number;
    };
    partial: EpochRecord;
    result: TrainedModel;
  };
  /** Goes on with a training that was interrupted, after its last finished epoch. */
  resumeTraining: { params: { trainingId: TrainingId }; partial: EpochRecord; result: TrainedModel };
  scoreChannels: {
    params: { datasetId: DatasetId; modelId: ModelId; layer: string; options: SnnlOptions; seed: number };
    partial: never;
    result: ChannelScores;
  };
  /** The paper's table of one model. The test split is opened by `openTestSplit` alone. */
  evaluateModel: {
    params: { datasetId: DatasetId; modelId: ModelId; split: Exclude<SplitName, 'test'> };
    partial: never;
    result: Evaluation;
  };
  /** How the ranking of a layer's channels changes with temperature, batch size and seed. */
  scoreSensitivity: {
    params: {
      datasetId: DatasetId;
      modelId: ModelId;
      layer: string;
      options: SnnlOptions;
      seed: number;
      prunedCount: number;
    };
    partial: never;
    result: ScoreSensitivity;
  };
  /** Everything that can be said of one round's predictions on the validation split. */
  analyseRound: {
    params: { runId: RunId; arm: string; round: number; settings: EvaluationSettings };
    partial: never;
    result: RoundAnalysis;
  };
  /** Audits files of any model's predictions, by one or more attributes. */
  auditPredictions: {
    params: { file: File; baseline: File | null; columns: PredictionsColumns; settings: EvaluationSettings };
    partial: never;
    result: PredictionsAudit;
  };
  /** What removing channels would change. Changes nothing. */
  planPruning: {
    params: { modelId: ModelId; targets: PruningTargets; mode: PruningMode };
    partial: never;
    result: PruningPlan;
  };
  /** Takes channels from a model, without a run: plan, check, apply. The model before stays as it is. */
  pruneModel: {
    params: { modelId: ModelId; targets: PruningTargets; mode: PruningMode };
    partial: never;
    result: { model: ModelSummary; plan: PruningPlan };
  };
  /**
   * What a model says of the images of a split, or of image files. The test split stays locked. `group`: the name of the group that all
   * the files are of, for a model that needs to know it.
   */
  predict: {
    params: {
      modelId: ModelId;
      source:
        | { kind: 'split'; datasetId: DatasetId; split: Exclude<SplitName, 'test'> }
        | { kind: 'files'; files: LabFile[]; group?: string };
    };
    partial: never;
    result: MadePredictions;
  };
  /**
   * The whole recipe. Sends what happens to the run, from which `followRun` makes the record: after the baseline, after every
   * round and at the end. The record says where the model came from as far as that is stored with it, unless it is told.
   */
  runRecipe: {
    params: { datasetId: DatasetId; modelId: ModelId; config: RunConfig; baselineOrigin?: BaselineOrigin };
    partial: RunEvent;
    result: { runId: RunId };
  };
  /**
   * Goes on with a run that was interrupted, after its last finished round. What is damaged of it, or of a finished one, is
   * computed again from its seed. Sends first what had happened before.
   */
  resumeRun: { params: { runId: RunId }; partial: RunEvent; result: { runId: RunId } };
  /** The record of a stored run. */
  readRun: { params: { runId: RunId }; partial: never; result: RunRecord };
  /** Evaluates the baseline and, in every arm, the round that SNNL-Fair reports on the locked test split, and counts the look. */
  openTestSplit: { params: { runId: RunId }; partial: never; result: RunRecord };
  /**
   * A zip with the network for tfjs, PyTorch or as ONNX, labels, preprocessing and a model card. The card tells what the run measured
   * of `roundModelId`: the model itself, unless that was loaded again from its file.
   */
  exportModel: {
    params: { modelId: ModelId; runId: RunId | null; format: ExportFormat; roundModelId?: ModelId };
    partial: never;
    result: MadeFile;
  };
  /** Checks a run record from a file and keeps it. */
  importRecord: { params: { text: string }; partial: never; result: RunRecord };
  listInventory: { params: Record<string, never>; partial: never; result: Inventory };
  deleteStored: {
    params: StoredTarget;
    partial: never;
    result: Inventory;
  };
  /** Runs known vector files through the float64 reference, WASM and WebGPU. */
  verifyVectors: { params: { files: { name: string; text: string }[] }; partial: VectorCheck; result: VectorCheck[] };
}

export type JobName = keyof JobMap;
export type JobParams<J extends JobName> = JobMap[J]['params'];
export type JobPartial<J extends JobName> = JobMap[J]['partial'];
export type JobResult<J extends JobName> = JobMap[J]['result'];
