import type { ComponentType } from 'react';
import { stepTitles } from '../shell/steps';
import type { StepName } from '../store/labState';
import { LoadingStep } from '../ui/LoadingStep';
import { lazyPart } from '../ui/lazyPart';
import { DataPanel } from './data/DataPanel';
import { auditView, filesMapping, storedMapping } from './data/dataParts';

const model = lazyStep('model', async () => (await import('./model/ModelPanel')).ModelPanel);
const scores = lazyStep('scores', async () => (await import('./scores/ScoresPanel')).ScoresPanel);
const prune = lazyStep('prune', async () => (await import('./prune/PrunePanel')).PrunePanel);
const results = lazyStep('results', async () => (await import('./results/ResultsPanel')).ResultsPanel);
const compare = lazyStep('compare', async () => {
  // What reads a file of predictions is here once the place where one is chosen is.
  const [{ ComparePanel }] = await Promise.all([import('./compare/ComparePanel'), import('../store/suggestAudit')]);
  return ComparePanel;
});
const exports = lazyStep('export', async () => (await import('./export/ExportPanel')).ExportPanel);

/** What each step draws. The page opens with Data, whose start therefore comes with the page. */
export const stepPanels: Record<StepName, ComponentType> = {
  data: DataPanel,
  model: model.Part,
  scores: scores.Part,
  prune: prune.Part,
  results: results.Part,
  compare: compare.Part,
  export: exports.Part,
};

/**
 * Loads the code of every step, so that each opens at once, also when the server is gone by then.
 *
 * @throws what the browser throws when a file cannot be loaded; the others are loaded all the same
 */
export async function loadStepPanels(): Promise<void> {
  const parts = [auditView, filesMapping, storedMapping, model, scores, prune, results, compare, exports];
  await Promise.all(parts.map(({ load }) => load()));
}

function lazyStep(step: StepName, read: () => Promise<ComponentType>) {
  return lazyPart(read, <LoadingStep title={stepTitles[step]} />);
}
