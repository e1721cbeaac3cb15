import { type ReactNode, useState } from 'react';
import type { FairnessEvaluation } from '../../../fairness/fairnessEvaluation';
import { type MetricName, metricDefinitions, metricNames } from '../../../fairness/metricDefinitions';
import { analysisBlocks } from '../../../fairness/report/analysisBlocks';
import { ClassGapChart } from '../../charts/audit/ClassGapChart';
import { classGapRows } from '../../charts/audit/classGapRows';
import { ForestChart } from '../../charts/audit/ForestChart';
import { modelLooks } from '../../charts/audit/forestLooks';
import { groupForestRows } from '../../charts/audit/forestRows';
import { LevellingSlopes } from '../../charts/audit/LevellingSlopes';
import { type LevelledMetric, levellingRows } from '../../charts/audit/levellingRows';
import { ReliabilityChart } from '../../charts/audit/ReliabilityChart';
import { reliabilitySeries } from '../../charts/audit/reliabilityRows';
import { formatCount } from '../../format/formatNumber';
import { Choice, type Option } from '../../ui/Choice';
import { Note } from '../../ui/Note';
import { Toggles } from '../../ui/Toggles';
import styles from './AnalysisFigures.module.css';
import { BlockTables } from './BlockTables';
import { GapForest } from './GapForest';
import { intervalCaption } from './intervalCaption';

export type AnalysisView = 'groups' | 'gaps' | 'classes' | 'calibration' | 'levelling' | 'tables';

interface AnalysisFiguresProps {
  analysis: FairnessEvaluation;
  /** What the baseline and the model are called. */
  names: { before: string; after: string };
  /** More to choose, beside the choice of the figure. */
  controls?: ReactNode;
}

const viewTitles: Record<AnalysisView, string> = {
  groups: 'Groups',
  gaps: 'Gaps',
  classes: 'Classes',
  calibration: 'Calibration',
  levelling: 'Levelling',
  tables: 'Tables',
};

/** The figures of an analysis, one at a time. */
export function AnalysisFigures({ analysis, names, controls }: AnalysisFiguresProps) {
  const [view, setView] = useState<AnalysisView>('groups');
  const views: Option<AnalysisView>[] = availableViews(analysis).map((value) => ({ value, label: viewTitles[value] }));
  const shown = views.some(({ value }) => value === view) ? view : 'groups';
  return (
    <>
      <div className={styles.controls}>
        {controls}
        <Toggles<AnalysisView> label="Figure" value={shown} options={views} onChange={setView} />
      </div>
      <LeftOut analysis={analysis} />
      <AnalysisFigure view={shown} analysis={analysis} names={names} />
    </>
  );
}

/** Calibration needs scores, levelling a baseline. */
function availableViews({ model, baseline }: FairnessEvaluation): AnalysisView[] {
  return [
    'groups',
    'gaps',
    'classes',
    ...(model.scores ? (['calibration'] as const) : []),
    ...(baseline ? (['levelling'] as const) : []),
    'tables',
  ];
}

function AnalysisFigure({ view, analysis, names }: Omit<AnalysisFiguresProps, 'controls'> & { view: AnalysisView }) {
  const sample = `n = ${formatCount(analysis.n)} samples`;
  switch (view) {
    case 'groups':
      return <GroupForest analysis={analysis} names={names} sample={sample} />;
    case 'gaps':
      return <GapForest analysis={analysis} names={names} sample={sample} />;
    case 'classes':
      return (
        <ClassGapChart
          title="Classes, by how far the groups are apart"
          sample={sample}
          groupNames={analysis.groupNames}
          rows={classGapRows(
            analysis.model.groups,
            analysis.classNames,
            (k) => analysis.model.classes[k]!.gap.interval,
          )}
        />
      );
    case 'calibration':
      return (
        <ReliabilityChart
          title="Reliability by group"
          sample={sample}
          series={reliabilitySeries(analysis.groupNames, analysis.model.groups, analysis.model.scores) ?? []}
        />
      );
    case 'levelling':
      return <Levelling analysis={analysis} names={names} sample={sample} />;
    case 'tables':
      return (
        <>
          <Note>
            In brackets: intervals. Those with * are not to be relied on: resampling shifts the number by more than a
            quarter of its standard error.
          </Note>
          <BlockTables blocks={analysisBlocks(analysis)} />
        </>
      );
  }
}

interface FigureProps extends Omit<AnalysisFiguresProps, 'controls'> {
  sample: string;
}

function GroupForest({ analysis, names, sample }: FigureProps) {
  const [metric, setMetric] = useState<MetricName>('f1');
  const { label, meaning, better } = metricDefinitions[metric];
  const known = metricNames.filter((name) => analysis.model.metrics[name].overall.value !== null);
  return (
    <ForestChart
      title={`${label} by group`}
      sample={sample}
      caption={`${meaning} ${intervalCaption(analysis)}`}
      xName={`${label} (no unit; ${better} is better)`}
      rows={groupForestRows(analysis, metric)}
      looks={modelLooks(names)}
      controls={
        <div className={styles.metric}>
          <Choice<MetricName>
            label="Metric"
            value={metric}
            options={known.map((name) => ({ value: name, label: metricDefinitions[name].label }))}
            onChange={setMetric}
          />
        </div>
      }
    />
  );
}

function Levelling({ analysis, names, sample }: FigureProps) {
  const [metric, setMetric] = useState<LevelledMetric>('f1');
  const { label } = metricDefinitions[metric];
  const { baseline, model, groupNames } = analysis;
  return (
    <LevellingSlopes
      title={`${label} of each group, before and after`}
      sample={sample}
      metricName={label}
      rows={baseline ? levellingRows({ before: baseline.groups, after: model.groups }, groupNames, metric) : []}
      names={names}
      controls={
        <Toggles<LevelledMetric>
          label="Metric"
          isLabelHidden
          value={metric}
          options={[
            { value: 'f1', label: 'F1' },
            { value: 'accuracy', label: 'Accuracy' },
          ]}
          onChange={setMetric}
        />
      }
    />
  );
}

function LeftOut({ analysis: { leftOut, settings } }: { analysis: FairnessEvaluation }) {
  if (leftOut.length === 0) return null;
  const list = leftOut.map(({ groupName, n }) => `${groupName} (${formatCount(n)})`).join(', ');
  return (
    <Note>
      Left out, with fewer than {formatCount(settings.minimumGroupSize)} samples: {list}.
    </Note>
  );
}
