import { countWanted } from '../../../recipe/selectChannels';
import { ForestChart } from '../../charts/audit/ForestChart';
import type { ForestLooks } from '../../charts/audit/forestLooks';
import { sensitivityRows } from '../../charts/sensitivityRows';
import { formatCount } from '../../format/formatNumber';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Note } from '../../ui/Note';
import { StageError } from '../../ui/StageError';

const looks: ForestLooks = {
  before: {
    name: 'share of pruned channels that stay',
    colour: 'var(--selected)',
    text: 'var(--selected-text)',
    mark: 'diamond',
  },
  after: { name: 'Kendall’s τ', colour: 'var(--ink)', text: 'var(--ink)', mark: 'circle' },
};

/** How far the ranking depends on settings that the paper does not give. */
export function Sensitivity() {
  const sensitivity = useLab(({ stages }) => stageResult(stages.sensitivity));
  const status = useLab(({ stages }) => stages.sensitivity.status);
  const scores = useLab(({ stages }) => stageResult(stages.scores));
  const pruning = useLab(({ settings }) => settings.run.pruning);
  const isBusy = useIsBusy();
  const { measureSensitivity } = useLabActions();
  const start = (
    <Button
      look={sensitivity ? 'plain' : 'main'}
      isDisabled={isBusy || !scores}
      onPress={() => {
        const channels = scores?.scores.length ?? 1;
        void measureSensitivity(countWanted({ channels, originalChannels: channels, ...pruning }));
      }}
    >
      {status === 'running' ? 'Scoring …' : sensitivity ? 'Again' : 'Score with other settings'}
    </Button>
  );
  if (!sensitivity) {
    return (
      <>
        <StageError stage="sensitivity" />
        <EmptyState
          title="Would other settings prune other channels?"
          why="The paper gives neither the temperature nor the batch size. The layer is scored again with about a dozen other temperatures, batch sizes and seeds, one change at a time, and the rankings are compared. It takes about as many times as long as scoring did."
        >
          {start}
        </EmptyState>
      </>
    );
  }
  const { layer, channels, prunedCount } = sensitivity;
  return (
    <>
      <StageError stage="sensitivity" />
      {status === 'stale' ? (
        <Note>The settings, the data or the model have changed since. Score with other settings again.</Note>
      ) : null}
      <ForestChart
        title="The ranking under other settings"
        sample={`${formatCount(channels)} channels of ${layer}, ${formatCount(prunedCount)} pruned`}
        caption="Each row changes one setting of the score. τ is Kendall’s rank correlation with the ranking as set: 1 = the same order, 0 = no relation. The rows with another seed show what the make-up of the batches does alone; a setting matters as far as it falls below them."
        xName="Agreement with the ranking as set (no unit; 1 = the same)"
        rows={sensitivityRows(sensitivity)}
        looks={looks}
        noInterval="from one scoring"
        controls={start}
      />
    </>
  );
}
