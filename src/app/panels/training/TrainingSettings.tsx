import { bounds, describeBound } from '../../../foundation/bounds';
import { describeSetting } from '../../../foundation/setting';
import { sgdSchema } from '../../../training/trainSettings';
import { Section } from '../../ui/Section';
import { SettingFields } from '../../ui/SettingFields';
import { AugmentationFields } from './AugmentationFields';
import { OptimizerFields } from './OptimizerFields';
import { RegularizationFields } from './RegularizationFields';
import { ScheduleFields } from './ScheduleFields';
import { StoppingFields } from './StoppingFields';
import type { SettingsProps } from './settingsProps';
import { augmentationWords, optimizerWords, regularizationWords, scheduleWords, stoppingWords } from './settingsWords';
import { trainingFields } from './trainingFields';

const everyday = trainingFields('everyday');
const otherFields = everyday.filter(({ name }) => name !== 'epochs');
const rateFields = [describeSetting('learningRate', sgdSchema.shape.learningRate)];

/** The least number of epochs that a form takes can be more than that of the settings. */
function epochsFrom(least: number) {
  const bound = { ...bounds.epochs, least };
  return { values: { kind: 'number', bound } as const, range: describeBound(bound) };
}

/**
 * Everything that decides a training: the everyday numbers at once, the rest in sections that say what is set in them
 * while they are closed.
 */
export function TrainingSettings(props: SettingsProps & { epochsLabel: string; leastEpochs: number }) {
  const { settings, isDisabled, onChange, epochsLabel, leastEpochs } = props;
  const epochFields = everyday
    .filter(({ name }) => name === 'epochs')
    .map((field) => ({ ...field, ...epochsFrom(leastEpochs), label: epochsLabel }));
  return (
    <>
      <SettingFields fields={epochFields} values={settings} isDisabled={isDisabled} onChange={onChange} />
      <SettingFields
        fields={rateFields}
        values={settings.optimizer}
        isDisabled={isDisabled}
        onChange={(optimizer) => onChange({ optimizer })}
      />
      <SettingFields fields={otherFields} values={settings} isDisabled={isDisabled} onChange={onChange} />
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
