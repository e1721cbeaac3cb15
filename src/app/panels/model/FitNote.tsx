import { demoPositions } from '../../../dataset/demo/demoBaselines';
import type { ModelSummary } from '../../../model/labModel';
import { type PairUse, pairObstacles } from '../../../recipe/checkPair';
import { describeTrainingData, matchTrainingData } from '../../../recipe/describeTrainingData';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import styles from './Model.module.css';

/**
 * Why the model cannot be used on the data, and that it was trained on others, with the button that mends it. Nothing when
 * the two belong together, or there are no data.
 */
export function FitNote({ model, use = 'measures' }: { model: ModelSummary; use?: PairUse }) {
  const data = useLab(({ stages }) => stageResult(stages.data));
  if (!data) return null;
  const obstacles = pairObstacles(model, data, use);
  const training = describeTrainingData(model, data);
  return (
    <>
      {obstacles.map((obstacle) => (
        <p key={obstacle} role="status" className={styles.problem}>
          {obstacle}
        </p>
      ))}
      {training ? <Note>{training}</Note> : null}
      {obstacles.length > 0 || matchTrainingData(model, data) === 'other' ? (
        <div className={styles.save}>
          <Mend />
        </div>
      ) : null}
    </>
  );
}

/** Loads the network that belongs to the demo's dial; for other data leads to where model or data are chosen. */
function Mend() {
  const source = useLab(({ stages }) => stageResult(stages.data)?.source);
  const step = useLab((state) => state.step);
  const isBusy = useIsBusy();
  const { goTo, loadModel } = useLabActions();
  const bias = source?.kind === 'demo' ? source.settings.bias : null;
  if (bias !== null && demoPositions.includes(bias)) {
    return (
      <Button isDisabled={isBusy} onPress={() => void loadModel({ source: { kind: 'demo-baseline', bias } })}>
        Load the network for bias {bias}
      </Button>
    );
  }
  return step === 'model' ? (
    <Button onPress={() => goTo('data')}>Choose other data in step 1</Button>
  ) : (
    <Button onPress={() => goTo('model')}>Choose another model in step 2</Button>
  );
}
