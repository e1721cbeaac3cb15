import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';

/** Trainings that ended before they were done: by a reload, a crash, or a cancel. No finished epoch is lost. */
export function InterruptedTrainings() {
  const trainings = useLab(({ inventory }) => inventory.trainings);
  const owned = useLab(({ elsewhere }) => elsewhere.owned);
  const isBusy = useIsBusy();
  const { resumeTraining, deleteStored } = useLabActions();
  return trainings.map((training) =>
    owned.includes(`training/${training.id}`) ? (
      <Note key={training.id}>
        The training “{training.name}” is going on in another tab, after epoch {training.epoch} of {training.epochs}.
      </Note>
    ) : (
      <Note key={training.id}>
        The training “{training.name}” was interrupted after epoch {training.epoch} of {training.epochs}.{' '}
        <Button
          isDisabled={isBusy}
          onPress={() => void resumeTraining(training)}
          aria-label={`Go on with the training ${training.name}`}
        >
          Go on
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
    ),
  );
}
