import type { StageName, StepName } from '../store/labState';
import type { StepMark } from '../store/stepMark';

export const stepTitles: Record<StepName, string> = {
  data: 'Data',
  model: 'Model',
  scores: 'Scores',
  prune: 'Prune & fine-tune',
  results: 'Results',
  compare: 'Compare',
  export: 'Export',
};

/** The sign and the word for each mark. The word is read out and shown on hover. */
export const stepMarks: Record<StepMark, { sign: string; word: string }> = {
  empty: { sign: '·', word: 'not ready yet' },
  ready: { sign: '○', word: 'ready' },
  running: { sign: '◐', word: 'running' },
  done: { sign: '●', word: 'done' },
  stale: { sign: '◌', word: 'made with other settings' },
  failed: { sign: '✕', word: 'failed' },
};

/** What the job bar calls each stage's job. */
export const stageTitles: Record<StageName, string> = {
  audit: 'Auditing predictions',
  analysis: 'Analysing a round',
  sensitivity: 'Scoring with other settings',
  inspection: 'Reading files',
  data: 'Making the dataset',
  model: 'Making the model',
  scores: 'Scoring channels',
  prune: 'Pruning and fine-tuning',
  results: 'Opening the test split',
  compare: 'Reading a run record',
  export: 'Writing the model',
};
