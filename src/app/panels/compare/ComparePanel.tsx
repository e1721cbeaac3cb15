import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { EmptyState } from '../../ui/EmptyState';
import { FilePicker } from '../../ui/FilePicker';
import { StageError } from '../../ui/StageError';
import { StepFrame } from '../../ui/StepFrame';
import { CompareInspector } from './CompareInspector';
import { RunTable } from './RunTable';

export function ComparePanel() {
  const runs = useLab(({ inventory }) => inventory.runs);
  const isBusy = useIsBusy();
  const { importRecord } = useLabActions();
  const loadButton = (
    <FilePicker
      label="Load a run record"
      accept={['.json']}
      isDisabled={isBusy}
      onFiles={([first]) => {
        if (first) void first.file.text().then(importRecord);
      }}
    />
  );
  return (
    <StepFrame
      title="Compare"
      purpose="Every run that is kept on this machine, arm by arm, on its validation split."
      actions={loadButton}
      inspector={<CompareInspector />}
    >
      <StageError stage="compare" />
      {runs.length === 0 ? (
        <EmptyState
          title="No runs to compare."
          why="Every run is kept here by itself, with its settings and seed. Start one in step 4, or load a run record that someone else exported."
        />
      ) : (
        <RunTable runs={runs} />
      )}
    </StepFrame>
  );
}
