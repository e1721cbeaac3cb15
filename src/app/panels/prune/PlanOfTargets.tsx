import { type ReactNode, useEffect, useState } from 'react';
import { type LabErrorData, toErrorData } from '../../../foundation/labError';
import { firstNumbers, writeChannelList } from '../../../model/channelNumbers';
import type { PruningMode, PruningPlan, PruningTargets } from '../../../model/labModel';
import type { ModelSummary } from '../../../model/modelSummary';
import { formatCount, formatPercent } from '../../format/formatNumber';
import { useLabActions } from '../../store/LabProvider';
import { ErrorView } from '../../ui/ErrorView';
import { Facts } from '../../ui/Facts';
import { Section } from '../../ui/Section';
import { Growth } from './Growth';
import { PlanLayers } from './PlanLayers';
import { PlanTable } from './PlanTable';
import styles from './PlanView.module.css';
import { isRemovingChannels, roleMeanings } from './pruningModeWords';

interface PlanOfTargetsProps {
  model: ModelSummary;
  /** Positions per layer. */
  targets: PruningTargets;
  mode: PruningMode;
  title: string;
  /** Below the plan. */
  children?: ReactNode;
}

/** What taking channels would change, layer by layer, before anything is changed. */
export function PlanOfTargets({ model, targets, mode, title, children }: PlanOfTargetsProps) {
  const { planPruning } = useLabActions();
  const [plan, setPlan] = useState<PruningPlan | null>(null);
  const [error, setError] = useState<LabErrorData | null>(null);
  const targetsKey = JSON.stringify(targets);
  useEffect(() => {
    let isGone = false;
    planPruning(model.id, JSON.parse(targetsKey) as PruningTargets, mode).then(
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
  }, [planPruning, model.id, targetsKey, mode]);

  if (error) return <ErrorView error={error} />;
  if (!plan) return null;
  const fall = (before: number, after: number) =>
    `${formatCount(before)} → ${formatCount(after)} (${formatPercent((after - before) / before)})`;
  return (
    <section className={styles.plan} aria-labelledby="plan-title">
      <h3 id="plan-title">{title}</h3>
      <p className={styles.channels}>
        {Object.entries(targets)
          .map(([layer, positions]) => {
            const numbers = firstNumbers(model, layer);
            return `${layer}: ${writeChannelList(positions.map((position) => numbers[position] ?? position))}`;
          })
          .join(' · ')}
      </p>
      <Facts
        facts={[
          { name: 'Parameters', value: fall(plan.parametersBefore, plan.parametersAfter) },
          { name: 'MACs per image', value: fall(plan.macsBefore, plan.macsAfter) },
        ]}
      />
      <Growth model={model} plan={plan} targets={targets} />
      <PlanLayers plan={plan} />
      <Section
        title={isRemovingChannels(plan.mode) ? 'Weights that are cut' : 'Weights with slices set to zero'}
        summary={`${plan.edits.length} weights of ${new Set(plan.edits.map((edit) => edit.layer)).size} layers`}
      >
        <p className={styles.channels}>{roleMeanings}</p>
        <PlanTable plan={plan} />
      </Section>
      {children}
    </section>
  );
}
