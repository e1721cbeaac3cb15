import { useState } from 'react';
import { LossChart } from '../../charts/LossChart';
import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { StageError } from '../../ui/StageError';
import { StepFrame } from '../../ui/StepFrame';
import { ModelInspector } from './ModelInspector';
import { type ModelView, ModelViews } from './ModelViews';
import { ModelWays } from './ModelWays';
import { QuestionsForm } from './QuestionsForm';
import { TrainingWarnings } from './TrainingWarnings';

export function ModelPanel() {
  const model = useLab(({ stages }) => stageResult(stages.model));
  const asked = useLab((state) => state.asked);
  const isAsking = useLab(
    ({ stages: { model: stage } }) => stage.status === 'failed' && stage.error.code === 'needs-answers',
  );
  const isMaking = useLab(({ stages }) => stages.model.status === 'running');
  const history = useLab(({ trainingHistory }) => trainingHistory);
  const dataset = useLab(({ stages }) => stageResult(stages.data));
  const [isChoosing, setChoosing] = useState(false);
  const [view, setView] = useState<ModelView | null>(null);
  const [shown, setShown] = useState(model);
  if (shown !== model) {
    // What was chosen to be seen stays when the same network is only used otherwise.
    if (shown?.importReport?.found !== model?.importReport?.found) setView(null);
    setShown(model);
    setChoosing(false);
  }
  const trainingCount = dataset ? dataset.samples.splits.filter((split) => split === 0).length : null;
  const showsLoss = history.length > 0 && (isMaking || isChoosing || model !== null);
  const showsLayers = model !== null && !isChoosing && !isMaking;
  return (
    <StepFrame
      title="Model"
      purpose="The network whose channels are scored and pruned. Load one, or train one on the data."
      actions={
        model && !isMaking ? (
          <Button onPress={() => setChoosing(!isChoosing)}>
            {isChoosing ? 'Back to the model' : 'Use another model'}
          </Button>
        ) : null
      }
      inspector={<ModelInspector model={showsLayers ? model : null} />}
    >
      {isAsking ? null : <StageError stage="model" />}
      {asked ? <QuestionsForm key={asked.questions!.map(({ key }) => key).join()} asked={asked} /> : null}
      {showsLoss ? <LossChart history={history} imageCount={trainingCount} /> : null}
      {showsLoss ? <TrainingWarnings history={history} /> : null}
      {asked ? null : showsLayers ? (
        <ModelViews model={model} view={view} onView={setView} />
      ) : isMaking && showsLoss ? null : (
        <ModelWays />
      )}
    </StepFrame>
  );
}
