import { bounds, rangeOf } from '../../../foundation/bounds';
import { NumberInput } from '../../ui/NumberInput';
import { Section } from '../../ui/Section';
import { AugmentationFields } from './AugmentationFields';
import { OptimizerFields } from './OptimizerFields';
import { RegularizationFields } from './RegularizationFields';
import { ScheduleFields } from './ScheduleFields';
import { StoppingFields } from './StoppingFields';
import type { SettingsProps } from './settingsProps';
import { augmentationWords, optimizerWords, regularizationWords, scheduleWords, stoppingWords } from './settingsWords';

/**
 * Everything that decides a training: the everyday numbers at once, the rest in sections that say what is set in them
 * while they are closed.
 */
export function TrainingSettings(props: SettingsProps & { epochsLabel: string; leastEpochs: number }) {
  const { settings, isDisabled, onChange, epochsLabel, leastEpochs } = props;
  const { optimizer } = settings;
  return (
    <>
      <NumberInput
        label={epochsLabel}
        value={settings.epochs}
        min={leastEpochs}
        max={bounds.epochs.most}
        isDisabled={isDisabled}
        onChange={(epochs) => onChange({ epochs })}
      />
      <NumberInput
        label="Learning rate"
        value={optimizer.learningRate}
        {...rangeOf(bounds.learningRate, 1e-6)}
        decimals={6}
        isDisabled={isDisabled}
        onChange={(learningRate) => onChange({ optimizer: { ...optimizer, learningRate } })}
      />
      <NumberInput
        label="Batch size (images)"
        value={settings.batchSize}
        {...rangeOf(bounds.trainBatch)}
        isDisabled={isDisabled}
        onChange={(batchSize) => onChange({ batchSize })}
      />
      <div>
        <Section title="Optimiser" summary={optimizerWords(settings)}>
          <OptimizerFields {...props} />
        </Section>
        <Section title="Learning rate schedule" summary={scheduleWords(settings)}>
          <ScheduleFields {...props} />
        </Section>
        <Section title="Sampling and regularisation" summary={regularizationWords(settings)}>
          <RegularizationFields {...props} />
        </Section>
        <Section title="Augmentation" summary={augmentationWords(settings)}>
          <AugmentationFields {...props} />
        </Section>
        <Section title="Early stopping" summary={stoppingWords(settings)}>
          <StoppingFields {...props} />
        </Section>
      </div>
    </>
  );
}
