import { augmentationSchema } from '../../../dataset/batches/augmentation/augmentation';
import { augmentationPresets } from '../../../dataset/batches/augmentation/augmentationPresets';
import { describeSettings } from '../../../foundation/setting';
import { Choice } from '../../ui/Choice';
import { Note } from '../../ui/Note';
import { SettingFields } from '../../ui/SettingFields';
import { augmentationPresetOf } from './augmentationPresetOf';
import type { SettingsProps } from './settingsProps';

const fields = describeSettings(augmentationSchema);
const custom = 'Custom';
const options = [...augmentationPresets.map(({ name }) => name), custom].map((name) => ({ value: name, label: name }));

/** Random changes to training images: a preset, and each change by itself. */
export function AugmentationFields({ settings, isDisabled, onChange }: SettingsProps) {
  const { augmentation } = settings;
  const preset = augmentationPresetOf(augmentation);
  return (
    <>
      <Choice
        label="Preset"
        value={preset?.name ?? custom}
        options={preset ? options.slice(0, -1) : options}
        isDisabled={isDisabled}
        onChange={(name) => {
          const chosen = augmentationPresets.find((one) => one.name === name);
          if (chosen) onChange({ augmentation: chosen.settings });
        }}
      />
      {preset ? <Note>{preset.description}</Note> : null}
      <SettingFields
        fields={fields}
        values={augmentation}
        isDisabled={isDisabled}
        onChange={(changed) => onChange({ augmentation: changed })}
      />
    </>
  );
}
