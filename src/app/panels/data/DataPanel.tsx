import { useState } from 'react';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { StageError } from '../../ui/StageError';
import { StepFrame } from '../../ui/StepFrame';
import { DataInspector } from './DataInspector';
import { auditView, filesMapping, storedMapping } from './dataParts';
import { StartView } from './StartView';

export function DataPanel() {
  const dataset = useLab(({ stages }) => stageResult(stages.data));
  const inspection = useLab(({ stages }) => stageResult(stages.inspection));
  const isMaking = useLab(({ stages }) => stages.data.status === 'running');
  const { putFilesAway } = useLabActions();
  const [isChoosing, setChoosing] = useState(false);
  const [isMapping, setMapping] = useState(false);
  const [shown, setShown] = useState(dataset);
  const [sample, setSample] = useState<number | null>(null);
  if (shown !== dataset) {
    setShown(dataset);
    setSample(null);
    setChoosing(false);
    setMapping(false);
  }
  const showsAudit = dataset !== null && !isChoosing;
  const showsMapping = !showsAudit && inspection !== null;
  return (
    <StepFrame
      title="Data"
      purpose="Labelled images of two patient groups, each class counted in each group."
      actions={
        dataset ? (
          <>
            {showsAudit && dataset.mapping ? (
              <Button onPress={() => setMapping(!isMapping)}>{isMapping ? 'Back to the audit' : 'Edit mapping'}</Button>
            ) : null}
            <Button
              onPress={() => {
                if (!isChoosing) putFilesAway();
                setChoosing(!isChoosing);
              }}
            >
              {isChoosing ? 'Back to the audit' : 'Use other data'}
            </Button>
          </>
        ) : null
      }
      inspector={
        <DataInspector
          dataset={showsAudit ? dataset : null}
          sample={sample}
          inspection={showsMapping ? inspection : null}
        />
      }
    >
      <StageError stage="inspection" />
      <StageError stage="data" />
      {showsAudit && isMapping && dataset.mapping ? (
        <storedMapping.Part key={dataset.id} dataset={dataset} applied={dataset.mapping} />
      ) : showsAudit ? (
        <auditView.Part
          dataset={dataset}
          selected={sample}
          onSelect={(pressed) => setSample(pressed === sample ? null : pressed)}
        />
      ) : (
        <>
          {showsMapping ? <filesMapping.Part summary={inspection} /> : null}
          <StartView isMaking={isMaking} isCompact={showsMapping} />
        </>
      )}
    </StepFrame>
  );
}
