import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab } from '../../store/LabProvider';
import card from '../data/StartView.module.css';
import { InterruptedTrainings } from './InterruptedTrainings';
import { LoadCard } from './LoadCard';
import styles from './Model.module.css';
import { StoredModels } from './StoredModels';
import { TrainForm } from './TrainForm';

/** Load the demo's model, load files, or train. */
export function ModelWays() {
  const isBusy = useIsBusy();
  const hasOwnPlan = useLab(({ settings }) => settings.architecture.name === 'plan');
  return (
    <>
      <InterruptedTrainings />
      <div className={card.ways}>
        <section className={`${card.card} ${hasOwnPlan ? styles.wide : ''}`} aria-labelledby="train-title">
          <h3 id="train-title">Train a network</h3>
          <TrainForm isBusy={isBusy} />
        </section>
        <LoadCard isBusy={isBusy} />
      </div>
      <StoredModels isBusy={isBusy} />
    </>
  );
}
