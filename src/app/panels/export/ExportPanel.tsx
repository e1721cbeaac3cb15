import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Note } from '../../ui/Note';
import { StageError } from '../../ui/StageError';
import { StepFrame } from '../../ui/StepFrame';
import { ExportInspector } from './ExportInspector';
import { ModelExports } from './ModelExports';
import { RecordExports } from './RecordExports';

export function ExportPanel() {
  const record = useLab((state) => state.record);
  const model = useLab(({ stages }) => stageResult(stages.model));
  const { goTo } = useLabActions();
  return (
    <StepFrame
      title="Export"
      purpose="Files to keep. They are written on this machine and go to your downloads."
      inspector={<ExportInspector />}
    >
      <StageError stage="export" />
      {record === null && model === null ? (
        <EmptyState
          title="There is nothing to export yet."
          why="A run gives a pruned model, a record of everything that was done, and tables. Start one in step 4."
        >
          <Button onPress={() => goTo('data')}>Open step 1</Button>
        </EmptyState>
      ) : null}
      {record !== null || model !== null ? <ModelExports record={record} model={model} /> : null}
      {record ? (
        <RecordExports record={record} />
      ) : (
        <Note>Record, scores and tables can be exported once there is a run.</Note>
      )}
    </StepFrame>
  );
}
