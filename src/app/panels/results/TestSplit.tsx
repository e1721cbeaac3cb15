import type { RunRecord } from '../../../recipe/runRecord';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { Panel } from '../../ui/Panel';

/** The lock on the test split: every look is counted and stays in the record. */
export function TestSplit({ record }: { record: RunRecord }) {
  const isBusy = useIsBusy();
  const isLocal = useLab(({ inventory }) => inventory.datasets.some(({ id }) => id === record.dataset.id));
  const { openTestSplit } = useLabActions();
  const looks = record.testLooks.length;
  const hasRound = record.arms.some(({ rounds }) => rounds.length > 0);
  return (
    <Panel title="Test split">
      <Note>
        {looks === 0
          ? 'Locked. Nothing so far was chosen or measured on it. Open it once, when you are done choosing.'
          : `Opened ${looks} ${looks === 1 ? 'time' : 'times'}. Every further look makes its numbers worth less; the count is in every export.`}
      </Note>
      <Button
        isDisabled={isBusy || !isLocal || !hasRound || record.status === 'running'}
        onPress={() => void openTestSplit(record.id)}
      >
        Open the test split (look {looks + 1})
      </Button>
      {isLocal ? null : (
        <Note>The images of this run are not stored on this machine, so its test split cannot be measured here.</Note>
      )}
    </Panel>
  );
}
