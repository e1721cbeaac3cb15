import type { DatasetManifest, DemoSettings } from '../../dataset/dataset';
import { defaultDemoSettings } from '../../dataset/dataset';
import type { FilesSummary, ImportMapping, SplitSettings } from '../../dataset/importMapping';
import { defaultSplitSettings } from '../../dataset/importMapping';
import type { Inventory } from '../../engine/protocol/jobMap';
import type { LabErrorData } from '../../foundation/labError';
import type { ArchitectureSpec, ModelSummary } from '../../model/labModel';
import { defaultRunConfig, type RunConfig } from '../../recipe/runConfig';
import type { Environment, RunRecord } from '../../recipe/runRecord';
import type { ChannelScores } from '../../snnl/snnlOptions';
import { defaultTraining, type EpochRecord, type TrainSettings } from '../../training/trainSettings';
import type { Stage } from './stage';

/** What each stage gives when it is done. Ids, settings and small arrays only: images and weights stay in the worker. */
export interface StageResults {
  inspection: FilesSummary;
  data: DatasetManifest;
  model: ModelSummary;
  scores: ChannelScores;
  prune: RunRecord;
  results: RunRecord;
  compare: RunRecord;
  export: { fileName: string };
}
export type StageName = keyof StageResults;
export type Stages = { [S in StageName]: Stage<StageResults[S]> };

/** The order of work, written once: whatever changes makes what comes later stale. */
export const stageOrder: readonly StageName[] = [
  'inspection',
  'data',
  'model',
  'scores',
  'prune',
  'results',
  'compare',
  'export',
];

export const stepNames = ['data', 'model', 'scores', 'prune', 'results', 'compare', 'export'] as const;
export type StepName = (typeof stepNames)[number];

/** What the user has set and not yet run. */
export interface LabSettings {
  demo: DemoSettings;
  datasetName: string;
  imageSize: number;
  mapping: ImportMapping | null;
  split: SplitSettings;
  architecture: Pick<ArchitectureSpec, 'name' | 'widthMultiplier'>;
  training: TrainSettings;
  /** Of scoring and of the run alike: what is scored is what is pruned. */
  run: RunConfig;
  /** Which view the step Compare shows. */
  compareView: CompareView;
  /** A table from a paper, to be checked, and the method that is its baseline (empty: found by its FATE). */
  publishedTable: { text: string; baseline: string };
}
export type CompareView = 'runs' | 'tables';

export interface LabState {
  environment: Environment | null;
  /** What went wrong outside any step, until the user has read it. */
  alert: LabErrorData | null;
  step: StepName;
  settings: LabSettings;
  stages: Stages;
  /** Epochs of the training under way, or of the last one. */
  trainingHistory: EpochRecord[];
  inventory: Inventory;
  /** Whether the inventory has been read once. */
  inventoryRead: boolean;
  /** The run that Results and Export show. */
  record: RunRecord | null;
}

export const initialState: LabState = {
  environment: null,
  alert: null,
  step: 'data',
  settings: {
    demo: defaultDemoSettings,
    datasetName: 'My images',
    imageSize: 64,
    mapping: null,
    split: defaultSplitSettings,
    architecture: { name: 'small-cnn', widthMultiplier: 1 },
    training: defaultTraining,
    run: defaultRunConfig,
    compareView: 'runs',
    publishedTable: { text: '', baseline: '' },
  },
  stages: {
    inspection: { status: 'idle' },
    data: { status: 'idle' },
    model: { status: 'idle' },
    scores: { status: 'idle' },
    prune: { status: 'idle' },
    results: { status: 'idle' },
    compare: { status: 'idle' },
    export: { status: 'idle' },
  },
  trainingHistory: [],
  inventory: { datasets: [], models: [], runs: [], trainings: [], unreadableRuns: [], unreadableModels: [] },
  inventoryRead: false,
  record: null,
};
