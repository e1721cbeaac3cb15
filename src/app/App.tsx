import { useEffect } from 'react';
import styles from './App.module.css';
import { useUnloadWarning } from './hooks/useUnloadWarning';
import { ComparePanel } from './panels/compare/ComparePanel';
import { DataPanel } from './panels/data/DataPanel';
import { ExportPanel } from './panels/export/ExportPanel';
import { ModelPanel } from './panels/model/ModelPanel';
import { PrunePanel } from './panels/prune/PrunePanel';
import { ResultsPanel } from './panels/results/ResultsPanel';
import { ScoresPanel } from './panels/scores/ScoresPanel';
import { JobBar } from './shell/JobBar';
import { Rail } from './shell/Rail';
import { TopBar } from './shell/TopBar';
import type { LabStore } from './store/createLabStore';
import { LabProvider, useLab, useLabActions } from './store/LabProvider';
import type { StepName } from './store/labState';
import { runningStage } from './store/runningStage';
import { ErrorView } from './ui/ErrorView';

const panels: Record<StepName, () => React.ReactNode> = {
  data: DataPanel,
  model: ModelPanel,
  scores: ScoresPanel,
  prune: PrunePanel,
  results: ResultsPanel,
  compare: ComparePanel,
  export: ExportPanel,
};

/** The whole page on one store. */
export function App({ store }: { store: LabStore }) {
  return (
    <LabProvider store={store}>
      <Page />
    </LabProvider>
  );
}

function Page() {
  const Panel = panels[useLab((state) => state.step)];
  const isBusy = useLab((state) => runningStage(state) !== null);
  const alert = useLab((state) => state.alert);
  const { readInventory, dismissAlert } = useLabActions();
  useUnloadWarning(isBusy);
  useEffect(() => void readInventory(), [readInventory]);
  return (
    <div className={styles.page}>
      <a href="#step" className={styles.skip}>
        Skip to the step
      </a>
      <TopBar />
      <Rail />
      <Panel />
      <JobBar />
      {alert ? (
        <div className={styles.alert}>
          <ErrorView error={alert} onDismiss={dismissAlert} />
        </div>
      ) : null}
    </div>
  );
}
