import { describeSettings, initialSettings } from '../../../foundation/setting';
import { stoppingSchema } from '../../../training/trainSettings';
import { Check } from '../../ui/Check';
import { SettingFields } from '../../ui/SettingFields';
import type { SettingsProps } from './settingsProps';

const fields = describeSettings(stoppingSchema);

/** When training ends before its last epoch. */
export function StoppingFields({ settings, isDisabled, onChange }: SettingsProps) {
  const { earlyStopping } = settings;
  return (
    <>
      <Check
        isSelected={earlyStopping !== null}
        isDisabled={isDisabled}
        onChange={(isOn) => onChange({ earlyStopping: isOn ? initialSettings(stoppingSchema) : null })}
      >
        Stop when the validation loss no longer falls, and keep the best epoch
      </Check>
      {earlyStopping ? (
        <SettingFields
          fields={fields}
          values={earlyStopping}
          isDisabled={isDisabled}
          onChange={(changed) => onChange({ earlyStopping: changed })}
        />
      ) : null}
    </>
  );
}
