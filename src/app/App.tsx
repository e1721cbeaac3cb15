import { type ReactNode, useEffect } from 'react';
import styles from './App.module.css';
import { useUnloadWarning } from './hooks/useUnloadWarning';
import { stepPanels } from './panels/stepPanels';
import { JobBar } from './shell/JobBar';
import { Rail } from './shell/Rail';
import { stepTitles } from './shell/steps';
import { TopBar } from './shell/TopBar';
import type { LabStore } from './store/createLabStore';
import { LabProvider, useLab, useLabActions } from './store/LabProvider';
import type { StepName } from './store/labState';
import { runningStage } from './store/runningStage';
import { Button } from './ui/Button';
import { ErrorBoundary } from './ui/ErrorBoundary';
import { ErrorView } from './ui/ErrorView';
import { StepFrame } from './ui/StepFrame';

/** The whole page on one store. */
export function App({ store }: { store: LabStore }) {
  return (
    <LabProvider store={store}>
      <ErrorBoundary place="the page" frame={(error) => <main className={styles.alone}>{error}</main>}>
        <Page />
      </ErrorBoundary>
    </LabProvider>
  );
}

function Page() {
  const step = useLab((state) => state.step);
  const Panel = stepPanels[step];
  const isBusy = useLab((state) => runningStage(state) !== null);
  const alert = useLab((state) => state.alert);
  const engineDown = useLab((state) => state.engineDown);
  const { readInventory, readMethods, dismissAlert, restartWorker } = useLabActions();
  useUnloadWarning(isBusy);
  useEffect(() => void readInventory(), [readInventory]);
  useEffect(() => void readMethods(), [readMethods]);
  return (
    <div className={styles.page}>
      <a href="#step" className={styles.skip}>
        Skip to the step
      </a>
      <ErrorBoundary place="the top bar" frame={aside}>
        <TopBar />
      </ErrorBoundary>
      <ErrorBoundary place="the list of steps" frame={aside}>
        <Rail />
      </ErrorBoundary>
      <ErrorBoundary key={step} place={`the step ${stepTitles[step]}`} frame={(error) => inStep(step, error)}>
        <Panel />
      </ErrorBoundary>
      <ErrorBoundary place="the job bar" frame={aside}>
        <JobBar />
      </ErrorBoundary>
      {alert ? (
        <div className={styles.alert}>
          <ErrorView error={alert} onDismiss={dismissAlert}>
            {engineDown ? <Button onPress={() => void restartWorker()}>Start a new worker</Button> : null}
          </ErrorView>
        </div>
      ) : null}
    </div>
  );
}

/** Over the page: for places that are too small for an error. */
function aside(error: ReactNode) {
  return <div className={styles.alert}>{error}</div>;
}

/** In place of a step. */
function inStep(step: StepName, error: ReactNode) {
  return (
    <StepFrame title={stepTitles[step]} purpose="This step could not be drawn. The others can." inspector={null}>
      {error}
    </StepFrame>
  );
}
