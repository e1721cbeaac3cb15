import { useState } from 'react';
import { defaultEvaluationSettings } from '../../../fairness/evaluate';
import { importanceLabel } from '../../../importance/importances';
import type { RunRecord } from '../../../recipe/runRecord';
import { ClassGapChart } from '../../charts/audit/ClassGapChart';
import { classGapRows } from '../../charts/audit/classGapRows';
import { LevellingSlopes } from '../../charts/audit/LevellingSlopes';
import { levellingRows } from '../../charts/audit/levellingRows';
import { ReliabilityChart } from '../../charts/audit/ReliabilityChart';
import { reliabilitySeries } from '../../charts/audit/reliabilityRows';
import { FigureOrigin } from '../../charts/FigureOrigin';
import { formatCount } from '../../format/formatNumber';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { StageError } from '../../ui/StageError';
import { Toggles } from '../../ui/Toggles';
import { AnalysisFigures } from '../analysis/AnalysisFigures';
import styles from './Results.module.css';
import type { Selection } from './selection';
import type { ShownEvaluations } from './shownEvaluations';

interface RoundFiguresProps {
  record: RunRecord;
  selection: Selection;
  shown: ShownEvaluations;
}

/** What one round does by group and class: from the record at once, in full once its kept predictions are evaluated. */
export function RoundFigures({ record, selection, shown }: RoundFiguresProps) {
  const analysed = useLab(({ stages }) => stageResult(stages.analysis));
  const { after } = shown;
  if (!after) return <Note>This arm has no finished round yet.</Note>;
  const names = { before: 'Unpruned', after: `${importanceLabel(selection.arm)}, ${after.name}` };
  const isAnalysed =
    selection.split === 'validation' &&
    analysed?.runId === record.id &&
    analysed.arm === selection.arm &&
    analysed.round === after.round;
  return (
    <>
      <StageError stage="analysis" />
      {isAnalysed ? (
        // Computed from the models that are stored here, also of a run that was not.
        <FigureOrigin runs={[]}>
          <AnalysisFigures analysis={analysed.analysis} names={names} />
        </FigureOrigin>
      ) : (
        <RecordFigures record={record} selection={selection} after={after} baseline={shown.baseline} names={names} />
      )}
    </>
  );
}

type Figure = 'classes' | 'calibration' | 'levelling';

interface RecordFiguresProps {
  record: RunRecord;
  selection: Selection;
  after: NonNullable<ShownEvaluations['after']>;
  baseline: ShownEvaluations['baseline'];
  names: { before: string; after: string };
}

function RecordFigures({ record, selection, after, baseline, names }: RecordFiguresProps) {
  const [figure, setFigure] = useState<Figure>('classes');
  const isBusy = useIsBusy();
  const { analyseRound } = useLabActions();
  const { classNames, groupNames } = record.dataset;
  const { report } = after.evaluation;
  const calibration = reliabilitySeries(groupNames, report.groups, after.evaluation.detail?.scores);
  const sample = `n = ${formatCount(report.n)} ${after.evaluation.split} images`;
  return (
    <>
      <div className={styles.figureChoice}>
        <Toggles<Figure>
          label="Figure"
          value={figure}
          options={[
            { value: 'classes', label: 'Classes' },
            ...(calibration ? [{ value: 'calibration' as const, label: 'Calibration' }] : []),
            { value: 'levelling', label: 'Levelling' },
          ]}
          onChange={setFigure}
        />
        {selection.split === 'validation' ? (
          <Button
            isDisabled={isBusy}
            onPress={() => void analyseRound(record.id, selection.arm, after.round, defaultEvaluationSettings)}
          >
            Add intervals by group and every gap
          </Button>
        ) : null}
      </div>
      {figure === 'classes' ? (
        <ClassGapChart
          title={`Classes, by how far the groups are apart: ${names.after}`}
          sample={sample}
          groupNames={groupNames}
          rows={classGapRows(report.groups, classNames)}
        />
      ) : null}
      {figure === 'calibration' ? (
        <ReliabilityChart title={`Reliability by group: ${names.after}`} sample={sample} series={calibration ?? []} />
      ) : null}
      {figure === 'levelling' ? (
        <LevellingSlopes
          title="F1 of each group, before and after"
          sample={sample}
          metricName="F1"
          rows={levellingRows({ before: baseline.report.groups, after: report.groups }, groupNames, 'f1')}
          names={names}
        />
      ) : null}
    </>
  );
}
