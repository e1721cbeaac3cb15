import { useEffect, useState } from 'react';
import type { PruningPlan, PruningTargets } from '../../../model/labModel';
import type { ModelSummary } from '../../../model/modelSummary';
import { describeGrowth, isGrowth } from '../../../recipe/describeGrowth';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import styles from './HandPruning.module.css';

interface GrowthProps {
  model: ModelSummary;
  plan: PruningPlan;
  targets: PruningTargets;
}

/** That a plan makes the network larger, with the mode that makes it smaller. Nothing for a plan that does not. */
export function Growth({ model, plan, targets }: GrowthProps) {
  const { pruning } = useLab(({ settings }) => settings.run);
  const isBusy = useIsBusy();
  const { planPruning, changeRun } = useLabActions();
  const [found, setFound] = useState<{ key: string; plan: PruningPlan } | null>(null);
  const isLarger = plan.mode === 'tail' && isGrowth(plan);
  const targetsKey = JSON.stringify(targets);
  const smaller = found?.key === targetsKey ? found.plan : null;
  useEffect(() => {
    if (!isLarger) return;
    let isGone = false;
    planPruning(model.id, JSON.parse(targetsKey) as PruningTargets, 'stage').then(
      (made) => {
        if (!isGone) setFound({ key: targetsKey, plan: made });
      },
      // Where the stage cannot be pruned either, there is nothing to offer.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [planPruning, model.id, targetsKey, isLarger]);

  const sentence = describeGrowth(plan, smaller);
  if (sentence === null) return null;
  return (
    <div className={styles.buttons}>
      <p role="status" className={styles.problem}>
        {sentence}
      </p>
      {smaller && !isGrowth(smaller) ? (
        <Button isDisabled={isBusy} onPress={() => changeRun({ pruning: { ...pruning, mode: 'stage' } })}>
          Remove them from the whole stage
        </Button>
      ) : null}
    </div>
  );
}
