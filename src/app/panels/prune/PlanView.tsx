import { useEffect, useState } from 'react';
import { type LabErrorData, toErrorData } from '../../../foundation/labError';
import type { ModelSummary, PruningMode, PruningPlan } from '../../../model/labModel';
import { rankChannels } from '../../charts/scoreRows';
import { formatCount, formatPercent } from '../../format/formatNumber';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorView } from '../../ui/ErrorView';
import { Facts } from '../../ui/Facts';
import { Section } from '../../ui/Section';
import { PlanLayers } from './PlanLayers';
import { PlanTable } from './PlanTable';
import styles from './PlanView.module.css';
import { isRemovingChannels, modeDeeds } from './pruningModeWords';
import { useTarget } from './useTarget';

/** What the first round would remove, layer by layer, before anything is changed. */
export function PlanView({ model }: { model: ModelSummary }) {
  const scores = useLab(({ stages }) => (stages.scores.status === 'done' ? stages.scores.result : null));
  const { mode } = useLab(({ settings }) => settings.run.pruning);
  const isBusy = useLab(({ stages }) => stages.scores.status === 'running');
  const { goTo } = useLabActions();
  const target = useTarget();
  if (!target) {
    return (
      <EmptyState
        title={`No layer of ${model.name} can be pruned.`}
        why="Every convolution has a reason against it in the layer table of step 2. Choose another model there."
      >
        <Button onPress={() => goTo('model')}>Open step 2</Button>
      </EmptyState>
    );
  }
  if (!scores || scores.layer !== target.layer) {
    return (
      <EmptyState
        title={isBusy ? 'Scoring the channels …' : 'The run can start; its plan needs scores.'}
        why={`A run scores ${target.layer} by itself before every round. To see beforehand which of its ${target.channelCount} channels the first round removes, and which weights change, score them in step 3.`}
      >
        <Button onPress={() => goTo('scores')}>Open step 3</Button>
      </EmptyState>
    );
  }
  const lowest = rankChannels(scores)
    .slice(0, target.count)
    .map(({ position }) => position);
  return (
    <Plan
      model={model}
      layer={target.layer}
      remove={lowest.toSorted((a, b) => a - b)}
      channelCount={target.channelCount}
      mode={mode}
    />
  );
}

interface PlanProps {
  model: ModelSummary;
  layer: string;
  remove: number[];
  channelCount: number;
  mode: PruningMode;
}

function Plan({ model, layer, remove, channelCount, mode }: PlanProps) {
  const { planPruning } = useLabActions();
  const [plan, setPlan] = useState<PruningPlan | null>(null);
  const [error, setError] = useState<LabErrorData | null>(null);
  const removeKey = remove.join(',');
  useEffect(() => {
    let isGone = false;
    planPruning(model.id, { [layer]: removeKey.split(',').map(Number) }, mode).then(
      (made) => {
        if (isGone) return;
        setPlan(made);
        setError(null);
      },
      (thrown) => {
        if (!isGone) setError(toErrorData(thrown, 'planning'));
      },
    );
    return () => {
      isGone = true;
    };
  }, [planPruning, model.id, layer, removeKey, mode]);

  if (error) return <ErrorView error={error} />;
  if (!plan) return null;
  const fall = (before: number, after: number) =>
    `${formatCount(before)} → ${formatCount(after)} (${formatPercent((after - before) / before)})`;
  return (
    <section className={styles.plan} aria-labelledby="plan-title">
      <h3 id="plan-title">
        Round 1 {modeDeeds[mode]} {remove.length} of {channelCount} channels of {layer}
      </h3>
      <p className={styles.channels}>Channels {remove.join(', ')}</p>
      <Facts
        facts={[
          { name: 'Parameters', value: fall(plan.parametersBefore, plan.parametersAfter) },
          { name: 'MACs per image', value: fall(plan.macsBefore, plan.macsAfter) },
        ]}
      />
      <PlanLayers plan={plan} />
      <Section
        title={isRemovingChannels(plan.mode) ? 'Weights that are cut' : 'Weights with slices set to zero'}
        summary={`${plan.edits.length} weights of ${new Set(plan.edits.map((edit) => edit.layer)).size} layers`}
      >
        <PlanTable plan={plan} />
      </Section>
      <p className={styles.channels}>Later rounds score what is left and choose anew. Nothing has been changed yet.</p>
    </section>
  );
}
