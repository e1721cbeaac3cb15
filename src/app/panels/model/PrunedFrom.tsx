import type { ModelSummary } from '../../../model/modelSummary';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';

/** The model that channels were taken from to make this one, and the way back to it. */
export function PrunedFrom({ model }: { model: ModelSummary }) {
  const { prunedFrom } = model;
  const isStored = useLab(({ inventory }) => inventory.models.some(({ id }) => id === prunedFrom?.id));
  const isBusy = useIsBusy();
  const { undoPruning } = useLabActions();
  if (!prunedFrom) return null;
  return (
    <Note>
      Pruned from “{prunedFrom.name}”.{' '}
      {isStored ? (
        <Button
          isDisabled={isBusy}
          onPress={undoPruning}
          aria-label={`Undo the pruning: go back to ${prunedFrom.name}`}
        >
          Undo: go back to it
        </Button>
      ) : (
        'That model is not among the stored ones any more.'
      )}
    </Note>
  );
}
