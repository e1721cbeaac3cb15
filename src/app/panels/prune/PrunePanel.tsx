import { useState } from 'react';
import { isRunElsewhere } from '../../store/isRunElsewhere';
import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { EmptyState } from '../../ui/EmptyState';
import { Note } from '../../ui/Note';
import { StageError } from '../../ui/StageError';
import { StepFrame } from '../../ui/StepFrame';
import { Toggles } from '../../ui/Toggles';
import { FitNote } from '../model/FitNote';
import { HandPruning } from './HandPruning';
import { InterruptedRuns } from './InterruptedRuns';
import { LiveRun } from './LiveRun';
import { PlanView } from './PlanView';
import { PruneSettings } from './PruneSettings';
import { RoundBranches } from './RoundBranches';
import { RunButton } from './RunButton';
import { RunsElsewhere } from './RunsElsewhere';
import { StorageNeed } from './StorageNeed';

type Way = 'run' | 'hand';
const ways: { value: Way; label: string }[] = [
  { value: 'run', label: 'By scores, in rounds' },
  { value: 'hand', label: 'By hand, without a run' },
];

export function PrunePanel() {
  const status = useLab(({ stages }) => stages.prune.status);
  const record = useLab((state) => state.record);
  const model = useLab(({ stages }) => stageResult(stages.model));
  const [way, setWay] = useState<Way>('run');
  const isRunning = status === 'running';
  const isByHand = way === 'hand' && model !== null && !isRunning;
  return (
    <StepFrame
      title="Prune & fine-tune"
      purpose="Remove the channels left of the cut, fine-tune, measure on the validation split, and repeat."
      actions={isByHand ? null : <RunButton />}
      inspector={<PruneSettings />}
    >
      <StageError stage="prune" />
      {model && !isRunning ? <FitNote model={model} /> : null}
      {isRunning ? null : <RunsElsewhere />}
      {isRunning ? null : <InterruptedRuns />}
      {model && !isRunning ? (
        <Toggles<Way> label="How channels are chosen" value={way} options={ways} onChange={setWay} />
      ) : null}
      {isByHand ? <HandPruning key={model.id} model={model} /> : <Run />}
      {record && !isRunning && (isByHand || status !== 'done') ? <RoundBranches record={record} /> : null}
    </StepFrame>
  );
}

/** The run under way or done, or the plan of the next one. */
function Run() {
  const status = useLab(({ stages }) => stages.prune.status);
  const record = useLab((state) => state.record);
  const model = useLab(({ stages }) => stageResult(stages.model));
  const hasData = useLab(({ stages }) => stageResult(stages.data) !== null);
  const isWatched = useLab(({ record: shown, elsewhere }) => shown !== null && isRunElsewhere(shown, elsewhere.owned));
  const isRunning = status === 'running' || isWatched;
  if (isRunning || (status === 'done' && record !== null)) return <LiveRun record={record} isRunning={isRunning} />;
  return (
    <>
      {status === 'stale' ? (
        <Note>The settings have changed since the last run. The results of that run stay in step 5.</Note>
      ) : null}
      {model && hasData ? (
        <>
          <PlanView model={model} />
          <StorageNeed model={model} />
        </>
      ) : (
        <EmptyState
          title={model ? 'A run needs data.' : 'There is nothing to prune yet.'}
          why={
            model
              ? 'Scores and fine-tuning need labelled images: open step 1. Without data, channels can be pruned by hand.'
              : 'Pruning needs a dataset and a model. Open step 1 and use the demo, or bring your own images and network.'
          }
        />
      )}
    </>
  );
}
