import { bounds, rangeOf } from '../../../foundation/bounds';
import { LabError } from '../../../foundation/labError';
import { architectureLabels, architectureNames, type HeadKind, hasDenseHead } from '../../../model/labModel';
import { architectureSpec } from '../../store/architectureSpec';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Note } from '../../ui/Note';
import { NumberInput } from '../../ui/NumberInput';
import card from '../data/StartView.module.css';
import { TrainingSettings } from '../training/TrainingSettings';
import { ArchitectureSize } from './ArchitectureSize';
import { MethodForm } from './MethodForm';
import styles from './Model.module.css';
import { PlanEditor } from './plan/PlanEditor';
import { tryEstimate } from './tryEstimate';

const architectures = [
  ...architectureNames.map((value) => ({ value, label: architectureLabels[value] })),
  { value: 'plan' as const, label: 'Your own' },
];

const heads: { value: HeadKind; label: string }[] = [
  { value: 'average', label: 'average of each map' },
  { value: 'dense', label: 'dense (the paper’s)' },
];

const colours = [
  { value: 'colour', label: 'colour (3 channels)' },
  { value: 'grey', label: 'grey (1 channel)' },
] as const;

/** @param imageSize side of the images that a network is drawn for in the meantime */
function noDataWords(imageSize: number | null): string {
  const words = 'Choose data in step 1 first.';
  return imageSize === null
    ? words
    : `${words} Until then the network is drawn for ${imageSize}-pixel images and 2 classes.`;
}

export function TrainForm({ isBusy }: { isBusy: boolean }) {
  const { architecture, method, training, run } = useLab(({ settings }) => settings);
  const methods = useLab((state) => state.methods);
  const models = useLab(({ inventory }) => inventory.models);
  const data = useLab(({ stages }) => stageResult(stages.data));
  const imported = useLab(({ settings }) => settings.imageSize);
  const { changeSettings, changeRun, trainModel } = useLabActions();
  const spec =
    data &&
    architectureSpec(architecture, { imageSize: data.imageSize, classCount: data.classNames.length, seed: run.seed });
  const sized = spec && tryEstimate(spec);
  return (
    <div className={styles.training}>
      <Choice
        label="Architecture"
        value={architecture.name}
        options={architectures}
        isDisabled={isBusy}
        onChange={(name) => changeSettings({ architecture: { ...architecture, name } })}
      />
      {architecture.name === 'plan' ? (
        <div className={styles.plan}>
          <PlanEditor
            plan={architecture.plan}
            imageSize={data?.imageSize ?? imported}
            channels={architecture.channels}
            classCount={data?.classNames.length ?? 2}
            isDisabled={isBusy}
            onChange={(plan) => changeSettings({ architecture: { ...architecture, plan } })}
          />
        </div>
      ) : null}
      {architecture.name !== 'plan' && hasDenseHead(architecture.name) ? (
        <Choice
          label="Head"
          value={architecture.head ?? 'average'}
          options={heads}
          isDisabled={isBusy}
          onChange={(head) => changeSettings({ architecture: { ...architecture, head } })}
        />
      ) : null}
      <Choice
        label="Images go in as"
        value={architecture.channels === 1 ? 'grey' : 'colour'}
        options={colours}
        isDisabled={isBusy}
        onChange={(chosen) =>
          changeSettings({ architecture: { ...architecture, channels: chosen === 'grey' ? 1 : undefined } })
        }
      />
      {architecture.name === 'plan' ? null : (
        <NumberInput
          label="Width (1 = as published)"
          value={architecture.widthMultiplier}
          {...rangeOf(bounds.width, 1 / 16)}
          decimals={4}
          isDisabled={isBusy}
          onChange={(widthMultiplier) => changeSettings({ architecture: { ...architecture, widthMultiplier } })}
        />
      )}
      <MethodForm
        methods={methods}
        chosen={method}
        models={models}
        isDisabled={isBusy}
        onChange={(chosen) => changeSettings({ method: chosen })}
      />
      <TrainingSettings
        settings={training}
        epochsLabel="Epochs"
        leastEpochs={1}
        isDisabled={isBusy}
        onChange={(change) => changeSettings({ training: { ...training, ...change } })}
      />
      <NumberInput
        label="Seed"
        {...rangeOf(bounds.seed)}
        value={run.seed}
        isDisabled={isBusy}
        onChange={(seed) => changeRun({ seed })}
      />
      {sized ? <ArchitectureSize spec={spec} sized={sized} batchSize={training.batchSize} /> : null}
      <div className={card.actions}>
        <Button
          look="main"
          isDisabled={isBusy || sized === null || sized instanceof LabError}
          onPress={() => void trainModel()}
        >
          Train for {training.epochs} epochs
        </Button>
      </div>
      {data ? null : <Note>{noDataWords(architecture.name === 'plan' ? imported : null)}</Note>}
    </div>
  );
}
