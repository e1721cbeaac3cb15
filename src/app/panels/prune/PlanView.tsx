import type { ModelSummary } from '../../../model/modelSummary';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorView } from '../../ui/ErrorView';
import { PlanOfTargets } from './PlanOfTargets';
import styles from './PlanView.module.css';
import { modeDeeds } from './pruningModeWords';
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
  const { chosen, error } = target.choose(scores);
  if (error) return <ErrorView error={error} />;
  return (
    <PlanOfTargets
      model={model}
      targets={{ [target.layer]: chosen }}
      mode={mode}
      title={`Round 1 ${modeDeeds[mode]} ${chosen.length} of ${target.channelCount} channels of ${target.layer}`}
    >
      <p className={styles.channels}>Later rounds score what is left and choose anew. Nothing has been changed yet.</p>
    </PlanOfTargets>
  );
}
