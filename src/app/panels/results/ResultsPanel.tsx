import { useState } from 'react';
import { subjectImportance } from '../../../importance/importances';
import { describeOrigin } from '../../../recipe/describeOrigin';
import { describeTrainingData } from '../../../recipe/describeTrainingData';
import { judgeRun } from '../../../recipe/judgeRun';
import type { RunRecord } from '../../../recipe/runRecord';
import { FigureOrigin } from '../../charts/FigureOrigin';
import { isRecordStale } from '../../store/isRecordStale';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Note } from '../../ui/Note';
import { StageError } from '../../ui/StageError';
import { StepFrame } from '../../ui/StepFrame';
import { StepTabs } from '../../ui/StepTabs';
import { ResultsInspector } from './ResultsInspector';
import { ResultsTable } from './ResultsTable';
import { RoundCharts } from './RoundCharts';
import { RoundFigures } from './RoundFigures';
import { ScoreShift } from './ScoreShift';
import type { Selection } from './selection';
import { shownEvaluations } from './shownEvaluations';
import { TradeOff } from './TradeOff';
import { Verdict } from './Verdict';

export function ResultsPanel() {
  const record = useLab((state) => state.record);
  const { goTo } = useLabActions();
  if (!record) {
    return (
      <StepFrame
        title="Results"
        purpose="What pruning did to accuracy and to the gap between the groups."
        inspector={<Note>Nothing is selected: there is no run yet.</Note>}
      >
        <EmptyState
          title="No run yet."
          why="Results appear after the first round of a run. Start one in step 4, or load a run record in step 6."
        >
          <Button look="main" onPress={() => goTo('prune')}>
            Open step 4
          </Button>
          <Button onPress={() => goTo('compare')}>Open step 6</Button>
        </EmptyState>
      </StepFrame>
    );
  }
  return <Results key={record.id} record={record} />;
}

/** The arm that the run is about, or its first where it has none. */
function firstShown({ arms }: RunRecord): string {
  const { id } = subjectImportance;
  return arms.some(({ arm }) => arm === id) ? id : (arms[0]?.arm ?? id);
}

function Results({ record }: { record: RunRecord }) {
  const [selection, setSelection] = useState<Selection>({ arm: firstShown(record), split: 'validation', round: null });
  const isStale = useLab(isRecordStale);
  const { goTo } = useLabActions();
  const origin = describeOrigin(record);
  const training = describeTrainingData(record.model, record.dataset);
  const { baseline, after } = shownEvaluations(record, selection.arm, selection.split, selection.round);
  const verdict = judgeRun(record, selection.split);
  const isProven = verdict.isPositive && selection.arm === subjectImportance.id && after?.round === verdict.round;
  return (
    <StepFrame
      title="Results"
      purpose={`Run of ${new Date(record.createdAt).toLocaleString('en-GB')} on ${record.dataset.name}, layer ${record.layer}${record.status === 'finished' ? '' : `, ${record.status}`}.`}
      actions={
        <Button look="main" onPress={() => goTo('export')}>
          Next: export
        </Button>
      }
      inspector={<ResultsInspector record={record} selection={selection} onSelect={setSelection} />}
    >
      <StageError stage="results" />
      {origin ? <Note>{origin}</Note> : null}
      {training ? <Note>{training}</Note> : null}
      {isStale ? (
        <Note>This run was made with other settings, other data or another model than those that are open.</Note>
      ) : null}
      <Verdict verdict={verdict} />
      <FigureOrigin runs={[record]}>
        <StepTabs
          label="Views of the run"
          tabs={[
            {
              id: 'table',
              title: 'Table',
              content: (
                <ResultsTable
                  baseline={baseline}
                  after={after}
                  arm={selection.arm}
                  groupNames={record.dataset.groupNames}
                  proven={isProven ? verdict.criterion : null}
                />
              ),
            },
            { id: 'rounds', title: 'Rounds', content: <RoundCharts record={record} arm={selection.arm} /> },
            {
              id: 'groups',
              title: 'Groups',
              content: <RoundFigures record={record} selection={selection} shown={{ baseline, after }} />,
            },
            { id: 'trade-off', title: 'Trade-off', content: <TradeOff record={record} /> },
            {
              id: 'scores',
              title: 'Scores before and after',
              content: <ScoreShift record={record} selection={selection} />,
            },
          ]}
        />
      </FigureOrigin>
    </StepFrame>
  );
}
