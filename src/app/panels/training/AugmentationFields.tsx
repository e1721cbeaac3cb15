import type { AugmentationSettings } from '../../../dataset/batches/augmentation/augmentation';
import { augmentationPresets } from '../../../dataset/batches/augmentation/augmentationPresets';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';
import { Note } from '../../ui/Note';
import { NumberInput } from '../../ui/NumberInput';
import { augmentationPresetOf } from './augmentationPresetOf';
import type { SettingsProps } from './settingsProps';

type Switch = {
  [K in keyof AugmentationSettings]: AugmentationSettings[K] extends boolean ? K : never;
}[keyof AugmentationSettings];

const switches: [Switch, string][] = [
  ['horizontalFlip', 'Horizontal flips'],
  ['verticalFlip', 'Vertical flips'],
  ['quarterTurns', 'Quarter turns'],
  ['autoAugment', 'AutoAugment (CIFAR-10 policies)'],
];

/** The numbers, each with the factor from what is stored to what is shown. */
const strengths: [Exclude<keyof AugmentationSettings, Switch>, string, number, number][] = [
  ['rotationDegrees', 'Rotation, up to ± (degrees)', 180, 1],
  ['shearDegrees', 'Shear, up to ± (degrees)', 45, 1],
  ['scaleChangeRatio', 'Scale, up to ± (%)', 99, 100],
  ['brightness', 'Brightness, up to ± (%)', 100, 100],
  ['saturation', 'Saturation, up to ± (%)', 100, 100],
  ['cutoutSideRatio', 'Black square, side (% of image)', 100, 100],
];

const custom = 'Custom';
const options = [...augmentationPresets.map(({ name }) => name), custom].map((name) => ({ value: name, label: name }));

/** Random changes to training images: a preset, and each change by itself. */
export function AugmentationFields({ settings, isDisabled, onChange }: SettingsProps) {
  const { augmentation } = settings;
  const preset = augmentationPresetOf(augmentation);
  const set = (change: Partial<AugmentationSettings>) => onChange({ augmentation: { ...augmentation, ...change } });
  return (
    <>
      <Choice
        label="Preset"
        value={preset?.name ?? custom}
        options={preset ? options.slice(0, -1) : options}
        isDisabled={isDisabled}
        onChange={(name) => set(augmentationPresets.find((one) => one.name === name)?.settings ?? {})}
      />
      {preset ? <Note>{preset.description}</Note> : null}
      {switches.map(([name, label]) => (
        <Check
          key={name}
          isSelected={augmentation[name]}
          isDisabled={isDisabled}
          onChange={(isOn) => set({ [name]: isOn })}
        >
          {label}
        </Check>
      ))}
      {strengths.map(([name, label, max, factor]) => (
        <NumberInput
          key={name}
          label={label}
          value={augmentation[name] * factor}
          min={0}
          max={max}
          decimals={1}
          isDisabled={isDisabled}
          onChange={(shown) => set({ [name]: shown / factor })}
        />
      ))}
    </>
  );
}
