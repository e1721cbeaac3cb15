import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';

/**
 * Trainings that ended before they were done, by a reload, a crash, or a cancel, and those whose model could not be stored. No
 * finished epoch is lost.
 */
export function InterruptedTrainings() {
  const trainings = useLab(({ inventory }) => inventory.trainings);
  const unreadable = useLab(({ inventory }) => inventory.unreadableTrainings);
  const owned = useLab(({ elsewhere }) => elsewhere.owned);
  const isElsewhere = ({ id }: { id: string }) => owned.includes(`training/${id}`);
  const isBusy = useIsBusy();
  const { resumeTraining, deleteStored } = useLabActions();
  const underWay = trainings.filter(isElsewhere).map(({ id, name, epoch, epochs }) => (
    <Note key={id}>
      The training “{name}” is going on in another tab, after epoch {epoch} of {epochs}. It can be ended there.
    </Note>
  ));
  const ended = trainings.filter((training) => !isElsewhere(training));
  const interrupted = ended.map((training) => (
    <Note key={training.id}>
      {training.isTrained
        ? `The training “${training.name}” is done, but its model is not stored yet. `
        : `The training “${training.name}” was interrupted after epoch ${training.epoch} of ${training.epochs}. `}
      <Button
        isDisabled={isBusy}
        onPress={() => void resumeTraining(training)}
        aria-label={`${training.isTrained ? 'Store the model of' : 'Go on with'} the training ${training.name}`}
      >
        {training.isTrained ? 'Store the model' : 'Go on'}
      </Button>{' '}
      <Button
        look="quiet"
        isDisabled={isBusy}
        onPress={() => void deleteStored({ kind: 'training', id: training.id })}
        aria-label={`Discard the training ${training.name}`}
      >
        Discard
      </Button>
    </Note>
  ));
  const damaged = unreadable.map(({ id, reason }) => (
    <Note key={id}>
      The training {id} cannot be gone on with: {reason}{' '}
      <Button look="quiet" isDisabled={isBusy} onPress={() => void deleteStored({ kind: 'training', id })}>
        Delete the training {id}
      </Button>
    </Note>
  ));
  return [...underWay, ...interrupted, ...damaged];
}
