import { describeSettings, initialSettings } from '../../../foundation/setting';
import {
  constantSchema,
  cosineSchema,
  stepSchema,
  type TrainSettings,
  trainingSections,
} from '../../../training/trainSettings';
import { SettingFields } from '../../ui/SettingFields';
import type { SettingsProps } from './settingsProps';
import { trainingFields } from './trainingFields';

type Schedule = TrainSettings['schedule'];

const kinds = {
  constant: describeSettings(constantSchema),
  step: describeSettings(stepSchema),
  cosine: describeSettings(cosineSchema),
} satisfies Record<Schedule['kind'], unknown>;

/** What a schedule starts with once it is chosen. */
const fresh: Record<Schedule['kind'], Schedule> = {
  constant: initialSettings(constantSchema),
  step: { ...initialSettings(stepSchema), stepEpochs: 10 },
  cosine: initialSettings(cosineSchema),
};

const others = trainingFields(trainingSections.schedule);

/** How the learning rate goes over the epochs. */
export function ScheduleFields({ settings, isDisabled, onChange }: SettingsProps) {
  const { schedule } = settings;
  return (
    <>
      <SettingFields
        fields={kinds[schedule.kind]}
        values={schedule}
        isDisabled={isDisabled}
        onChange={(changed) => onChange({ schedule: changed.kind === schedule.kind ? changed : fresh[changed.kind] })}
      />
      <SettingFields fields={others} values={settings} isDisabled={isDisabled} onChange={onChange} />
    </>
  );
}
