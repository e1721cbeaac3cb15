import { defaultDemoSettings } from '../../../dataset/dataset';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { FilePicker } from '../../ui/FilePicker';
import { Note } from '../../ui/Note';
import card from '../data/StartView.module.css';
import { InterruptedTrainings } from './InterruptedTrainings';
import { StoredModels } from './StoredModels';
import { TrainForm } from './TrainForm';

/** Load the demo's model, load files, or train. */
export function ModelWays() {
  const isBusy = useIsBusy();
  const isDemo = useLab(({ stages }) => stageResult(stages.data)?.source.kind === 'demo');
  const { loadModel } = useLabActions();
  return (
    <>
      <InterruptedTrainings />
      <div className={card.ways}>
        <section className={card.card} aria-labelledby="train-title">
          <h3 id="train-title">Train a network</h3>
          <TrainForm isBusy={isBusy} />
        </section>
        <section className={card.card} aria-labelledby="load-title">
          <h3 id="load-title">Load a network</h3>
          <p>
            A TensorFlow.js layers model: a zip, or model.json together with its .bin files. Outputs are logits, one per
            class.
          </p>
          <div className={card.actions}>
            <FilePicker
              label="Choose model files"
              accept={['.zip', '.json', '.bin']}
              isDisabled={isBusy}
              onFiles={(files) => void loadModel({ source: { kind: 'files', files } })}
            />
          </div>
          <p>The demo’s network was trained on the demo with its first settings (bias {defaultDemoSettings.bias}).</p>
          <div className={card.actions}>
            <Button isDisabled={isBusy} onPress={() => void loadModel({ source: { kind: 'demo-baseline' } })}>
              Load the demo’s trained baseline
            </Button>
          </div>
          {isDemo ? null : <Note>It knows the demo’s classes only: use it with the demo data.</Note>}
        </section>
      </div>
      <StoredModels isBusy={isBusy} />
    </>
  );
}
