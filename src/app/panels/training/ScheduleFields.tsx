import { bounds, rangeOf } from '../../../foundation/bounds';
import type { TrainSettings } from '../../../training/trainSettings';
import { Choice } from '../../ui/Choice';
import { NumberInput } from '../../ui/NumberInput';
import type { SettingsProps } from './settingsProps';
import { scheduleNames } from './settingsWords';

type Schedule = TrainSettings['schedule'];

const kinds = (['constant', 'step', 'cosine'] as const).map((value) => ({ value, label: scheduleNames[value] }));

const fresh: Record<Schedule['kind'], Schedule> = {
  constant: { kind: 'constant' },
  step: { kind: 'step', stepEpochs: 10, gamma: 0.1 },
  cosine: { kind: 'cosine', minLearningRate: 0 },
};

/** How the learning rate goes over the epochs. */
export function ScheduleFields({ settings, isDisabled, onChange }: SettingsProps) {
  const { schedule } = settings;
  return (
    <>
      <Choice
        label="Schedule"
        value={schedule.kind}
        options={kinds}
        isDisabled={isDisabled}
        onChange={(kind) => onChange({ schedule: fresh[kind] })}
      />
      {schedule.kind === 'step' ? (
        <>
          <NumberInput
            label="Epochs per step"
            value={schedule.stepEpochs}
            {...rangeOf(bounds.epochsOfStep)}
            isDisabled={isDisabled}
            onChange={(stepEpochs) => onChange({ schedule: { ...schedule, stepEpochs } })}
          />
          <NumberInput
            label="Factor per step, γ"
            value={schedule.gamma}
            {...rangeOf(bounds.rateFactor, 1e-4)}
            decimals={4}
            isDisabled={isDisabled}
            onChange={(gamma) => onChange({ schedule: { ...schedule, gamma } })}
          />
        </>
      ) : null}
      {schedule.kind === 'cosine' ? (
        <NumberInput
          label="Learning rate at the end"
          value={schedule.minLearningRate}
          {...rangeOf(bounds.lastLearningRate)}
          decimals={8}
          isDisabled={isDisabled}
          onChange={(minLearningRate) => onChange({ schedule: { ...schedule, minLearningRate } })}
        />
      ) : null}
      <NumberInput
        label="Warm-up (epochs)"
        value={settings.warmUpEpochs}
        {...rangeOf(bounds.warmUpEpochs)}
        decimals={2}
        isDisabled={isDisabled}
        onChange={(warmUpEpochs) => onChange({ warmUpEpochs })}
      />
    </>
  );
}
