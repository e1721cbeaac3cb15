import type { ReactNode } from 'react';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import type { CompareView } from '../../store/labState';
import { EmptyState } from '../../ui/EmptyState';
import { FilePicker } from '../../ui/FilePicker';
import { StageError } from '../../ui/StageError';
import { StepFrame } from '../../ui/StepFrame';
import { StepTabs } from '../../ui/StepTabs';
import { TableAudit } from './auditor/TableAudit';
import { TableAuditInspector } from './auditor/TableAuditInspector';
import { CompareInspector } from './CompareInspector';
import { PredictionsAudit } from './predictions/PredictionsAudit';
import { PredictionsInspector } from './predictions/PredictionsInspector';
import { RunTable } from './RunTable';
import { RunTradeOff } from './RunTradeOff';
import { SeedTables } from './seeds/SeedTables';

const inspectors: Record<CompareView, () => ReactNode> = {
  runs: CompareInspector,
  'trade-off': CompareInspector,
  seeds: CompareInspector,
  predictions: PredictionsInspector,
  tables: TableAuditInspector,
};

export function ComparePanel() {
  const shown = useLab(({ settings }) => settings.compareView);
  const isBusy = useIsBusy();
  const { importRecord, changeSettings } = useLabActions();
  const Inspector = inspectors[shown];
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
      purpose="Runs side by side, other models’ predictions, and what others have published."
      actions={shown === 'predictions' || shown === 'tables' ? null : loadButton}
      inspector={<Inspector />}
    >
      <StageError stage="compare" />
      <StepTabs
        label="What to compare"
        shown={shown}
        onShow={(compareView) => changeSettings({ compareView })}
        tabs={[
          { id: 'runs', title: 'Runs', content: <Runs /> },
          { id: 'trade-off', title: 'Trade-off', content: <RunTradeOff /> },
          { id: 'seeds', title: 'Over seeds', content: <SeedTables /> },
          { id: 'predictions', title: 'Predictions', content: <PredictionsAudit /> },
          { id: 'tables', title: 'Published tables', content: <TableAudit /> },
        ]}
      />
    </StepFrame>
  );
}

function Runs() {
  const runs = useLab(({ inventory }) => inventory.runs);
  if (runs.length > 0) return <RunTable runs={runs} />;
  return (
    <EmptyState
      title="No runs to compare."
      why="Every run is kept here by itself, with its settings and seed. Start one in step 4, or load a run record that someone else exported."
    />
  );
}
