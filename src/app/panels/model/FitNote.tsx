import { demoPositions } from '../../../dataset/demo/demoBaselines';
import { type DatasetManifest, imageFitOf } from '../../../dataset/stored/dataset';
import { describeFit, fitKey, type ImageFit } from '../../../foundation/imageFit';
import type { ModelSummary } from '../../../model/modelSummary';
import { type PairUse, pairObstacles } from '../../../recipe/checkPair';
import { describeTrainingData, matchTrainingData } from '../../../recipe/describeTrainingData';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import styles from './Model.module.css';

/**
 * What cannot be done with a model; why it cannot be used on the data, and that it was trained on others or on images made
 * squares in another way, with the button that mends it.
 */
export function FitNote({ model, use = 'measures' }: { model: ModelSummary; use?: PairUse }) {
  const data = useLab(({ stages }) => stageResult(stages.data));
  const limits = (model.limits ?? []).map((limit) => <Note key={limit}>{limit}</Note>);
  if (!data) return limits;
  const obstacles = pairObstacles(model, data, use);
  const training = describeTrainingData(model, data);
  return (
    <>
      {limits}
      {obstacles.map((obstacle) => (
        <p key={obstacle} role="status" className={styles.problem}>
          {obstacle}
        </p>
      ))}
      {training ? <Note>{training}</Note> : null}
      {fitDiffers(data, model.preprocessing?.imageFit).map((reason) => (
        <Note key={reason}>{reason}</Note>
      ))}
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

/** Images that were made squares in another way than those that the network was trained on, where both are known. */
function fitDiffers(data: DatasetManifest, trained: ImageFit | undefined): string[] {
  const fit = imageFitOf(data);
  if (!fit || !trained || fitKey(fit) === fitKey(trained)) return [];
  return [
    `The data’s images were ${describeFit(fit)}; those that this network was trained on were ${describeFit(trained)}. Its predictions may be worse for it.`,
  ];
}
