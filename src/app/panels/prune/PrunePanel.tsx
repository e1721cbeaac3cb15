import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { EmptyState } from '../../ui/EmptyState';
import { Note } from '../../ui/Note';
import { StageError } from '../../ui/StageError';
import { StepFrame } from '../../ui/StepFrame';
import { InterruptedRuns } from './InterruptedRuns';
import { LiveRun } from './LiveRun';
import { PlanView } from './PlanView';
import { PruneSettings } from './PruneSettings';
import { RunButton } from './RunButton';

export function PrunePanel() {
  const status = useLab(({ stages }) => stages.prune.status);
  const record = useLab((state) => state.record);
  const model = useLab(({ stages }) => stageResult(stages.model));
  const hasData = useLab(({ stages }) => stageResult(stages.data) !== null);
  const isRunning = status === 'running';
  const showsRun = isRunning || (status === 'done' && record !== null);
  return (
    <StepFrame
      title="Prune & fine-tune"
      purpose="Remove the channels left of the cut, fine-tune, measure on the validation split, and repeat."
      actions={<RunButton />}
      inspector={<PruneSettings />}
    >
      <StageError stage="prune" />
      {isRunning ? null : <InterruptedRuns />}
      {status === 'stale' ? (
        <Note>The settings have changed since the last run. The results of that run stay in step 5.</Note>
      ) : null}
      {showsRun ? (
        <LiveRun record={record} isRunning={isRunning} />
      ) : model && hasData ? (
        <PlanView model={model} />
      ) : (
        <EmptyState
          title="There is nothing to prune yet."
          why="Pruning needs a dataset and a model. Open step 1 and use the demo, or bring your own images and network."
        />
      )}
    </StepFrame>
  );
}
