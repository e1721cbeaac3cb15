import type { ImportPlan } from '../../dataset/mapping/parseMapping';
import type { DatasetManifest, DemoSettings } from '../../dataset/stored/dataset';
import { defaultDemoSettings } from '../../dataset/stored/dataset';
import type { FilesSummary } from '../../dataset/suggest/filesSummary';
import { emptyInventory } from '../../engine/protocol/emptyInventory';
import type { Inventory, JobParams, RoundAnalysis } from '../../engine/protocol/jobMap';
import type { ElsewhereNotice } from '../../engine/protocol/tabNews';
import type { EvaluationSettings } from '../../fairness/fairnessEvaluation';
import type { PredictionsAudit } from '../../fairness/predictions/auditPredictions';
import { type ImageFit, plainFits } from '../../foundation/imageFit';
import type { Progress } from '../../foundation/jobContext';
import type { LabErrorData } from '../../foundation/labError';
import type { MethodDescription } from '../../methods/methodDescription';
import { publishedPlan } from '../../model/architectures/publishedPlan';
import type { MethodChoice } from '../../model/labModel';
import type { ModelSummary } from '../../model/modelSummary';
import { defaultRunConfig, type RunConfig } from '../../recipe/runConfig';
import type { Environment, RunRecord } from '../../recipe/runRecord';
import type { ScoreSensitivity } from '../../recipe/sensitivity';
import type { ChannelScores } from '../../snnl/snnlOptions';
import { defaultTraining, type EpochRecord, type TrainSettings } from '../../training/trainSettings';
import type { ArchitectureSettings } from './architectureSpec';
import type { Stage } from './stage';

/** What each stage gives when it is done. Ids, settings and small arrays only: images and weights stay in the worker. */
export interface StageResults {
  analysis: RoundAnalysis;
  audit: PredictionsAudit;
  inspection: FilesSummary;
  data: DatasetManifest;
  model: ModelSummary;
  scores: ChannelScores;
  sensitivity: ScoreSensitivity;
  prune: RunRecord;
  results: RunRecord;
  compare: RunRecord;
  export: { fileName: string };
}
export type StageName = keyof StageResults;
export type Stages = { [S in StageName]: Stage<StageResults[S]> };

/** The order of work, written once: whatever changes makes what comes later stale. */
export const stageOrder: readonly StageName[] = [
  // Nothing else is made from these two, and what they show says what it is of.
  'audit',
  'analysis',
  'inspection',
  'data',
  'model',
  'scores',
  'sensitivity',
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
  /** How images of other shapes become squares. */
  imageFit: ImageFit;
  /** How the inspected files become a dataset; null when nothing says anything of them. */
  plan: ImportPlan | null;
  architecture: ArchitectureSettings;
  training: TrainSettings;
  /** By which method a network is trained; null: the engine's first. */
  method: MethodChoice | null;
  /** Of scoring and of the run alike: what is scored is what is pruned. */
  run: RunConfig;
  /** Which view the step Compare shows. */
  compareView: CompareView;
  /** Null until a file of predictions is chosen. */
  audit: AuditSettings | null;
  /** A table from a paper, to be checked, and the method that is its baseline (empty: found by its FATE). */
  publishedTable: { text: string; baseline: string };
}
export type CompareView = 'runs' | 'trade-off' | 'seeds' | 'predictions' | 'tables';

/** How a file of predictions is to be read and analysed. */
export interface AuditSettings {
  fileName: string;
  /** Names of the file's columns. */
  columns: string[];
  baselineName: string | null;
  label: string;
  /** Null where scores say what is predicted. */
  prediction: string | null;
  /** One, or two that are audited alone and together. */
  attributes: string[];
  /** Patient or lesion. */
  cluster: string | null;
  /** From which probability on a class is predicted, where one column of probabilities says it. */
  threshold: number;
  /** What the user has said of what the file leaves open, by the question's key. */
  answers: Readonly<Record<string, string>>;
  analysis: EvaluationSettings;
}

type NamesOwned = Extract<ElsewhereNotice, { kind: 'owned-elsewhere' }>['names'];

export interface LabState {
  environment: Environment | null;
  /** True when there is no worker to compute with until the user starts one; the alert says why. */
  engineDown: boolean;
  /** For how long nothing has been heard of the worker, in ms, once that is too long for a job that is under way; else null. */
  silentMs: number | null;
  /** What went wrong outside any step, until the user has read it. */
  alert: LabErrorData | null;
  step: StepName;
  settings: LabSettings;
  stages: Stages;
  /** The last model load, so that its files need not be chosen again when they leave something open. */
  lastLoad: JobParams<'loadModel'> | null;
  /** What the files of that load leave open, until it is answered or put away. */
  asked: LabErrorData | null;
  /** Epochs of the training under way, or of the last one. */
  trainingHistory: EpochRecord[];
  /** What is to be known of that training, in sentences. */
  trainingNotes: string[];
  /** Every method that the engine has; empty until it has said so. */
  methods: readonly MethodDescription[];
  inventory: Inventory;
  /** Whether the inventory has been read once. */
  inventoryRead: boolean;
  /** The run that Results and Export show. */
  record: RunRecord | null;
  /** What other tabs are doing: their jobs, and what they own meanwhile. */
  elsewhere: { jobs: readonly { id: string; progress: Progress }[]; owned: NamesOwned };
}

export const initialState: LabState = {
  environment: null,
  engineDown: false,
  silentMs: null,
  alert: null,
  step: 'data',
  settings: {
    demo: defaultDemoSettings,
    datasetName: 'My images',
    imageSize: 64,
    imageFit: plainFits.squeeze,
    plan: null,
    architecture: {
      name: 'small-cnn',
      widthMultiplier: 1,
      plan: publishedPlan({ name: 'small-cnn', widthMultiplier: 1 }),
    },
    training: defaultTraining,
    method: null,
    run: defaultRunConfig,
    compareView: 'runs',
    audit: null,
    publishedTable: { text: '', baseline: '' },
  },
  stages: {
    audit: { status: 'idle' },
    analysis: { status: 'idle' },
    inspection: { status: 'idle' },
    data: { status: 'idle' },
    model: { status: 'idle' },
    scores: { status: 'idle' },
    sensitivity: { status: 'idle' },
    prune: { status: 'idle' },
    results: { status: 'idle' },
    compare: { status: 'idle' },
    export: { status: 'idle' },
  },
  lastLoad: null,
  asked: null,
  trainingHistory: [],
  trainingNotes: [],
  inventory: emptyInventory,
  inventoryRead: false,
  methods: [],
  record: null,
  elsewhere: { jobs: [], owned: [] },
};
