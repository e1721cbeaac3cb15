import { architectureLabels, architectureNames, type HeadKind, hasDenseHead } from '../../../model/labModel';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Note } from '../../ui/Note';
import { NumberInput } from '../../ui/NumberInput';
import card from '../data/StartView.module.css';
import { TrainingSettings } from '../training/TrainingSettings';
import { ArchitectureSize } from './ArchitectureSize';

const architectures = architectureNames.map((value) => ({ value, label: architectureLabels[value] }));

const heads: { value: HeadKind; label: string }[] = [
  { value: 'average', label: 'average of each map' },
  { value: 'dense', label: 'dense (the paper’s)' },
];

const colours = [
  { value: 'colour', label: 'colour (3 channels)' },
  { value: 'grey', label: 'grey (1 channel)' },
] as const;

export function TrainForm({ isBusy }: { isBusy: boolean }) {
  const { architecture, training, run } = useLab(({ settings }) => settings);
  const hasData = useLab(({ stages }) => stageResult(stages.data) !== null);
  const { changeSettings, changeRun, trainModel } = useLabActions();
  return (
    <>
      <Choice
        label="Architecture"
        value={architecture.name}
        options={architectures}
        isDisabled={isBusy}
        onChange={(name) => changeSettings({ architecture: { ...architecture, name } })}
      />
      {hasDenseHead(architecture.name) ? (
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
      <NumberInput
        label="Width (1 = as published)"
        value={architecture.widthMultiplier}
        min={0.0625}
        max={4}
        decimals={4}
        isDisabled={isBusy}
        onChange={(widthMultiplier) => changeSettings({ architecture: { ...architecture, widthMultiplier } })}
      />
      <TrainingSettings
        settings={training}
        epochsLabel="Epochs"
        leastEpochs={1}
        isDisabled={isBusy}
        onChange={(change) => changeSettings({ training: { ...training, ...change } })}
      />
      <NumberInput label="Seed" value={run.seed} isDisabled={isBusy} onChange={(seed) => changeRun({ seed })} />
      <ArchitectureSize />
      <div className={card.actions}>
        <Button look="main" isDisabled={isBusy || !hasData} onPress={() => void trainModel()}>
          Train for {training.epochs} epochs
        </Button>
      </div>
      {hasData ? null : <Note>Choose data in step 1 first.</Note>}
    </>
  );
}
