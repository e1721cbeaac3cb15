import { useIsBusy } from '../../hooks/useIsBusy';
import card from '../data/StartView.module.css';
import { InterruptedTrainings } from './InterruptedTrainings';
import { LoadCard } from './LoadCard';
import { StoredModels } from './StoredModels';
import { TrainForm } from './TrainForm';

/** Load the demo's model, load files, or train. */
export function ModelWays() {
  const isBusy = useIsBusy();
  return (
    <>
      <InterruptedTrainings />
      <div className={card.ways}>
        <section className={card.card} aria-labelledby="train-title">
          <h3 id="train-title">Train a network</h3>
          <TrainForm isBusy={isBusy} />
        </section>
        <LoadCard isBusy={isBusy} />
      </div>
      <StoredModels isBusy={isBusy} />
    </>
  );
}
