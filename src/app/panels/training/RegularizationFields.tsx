import { bounds, rangeOf } from '../../../foundation/bounds';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';
import { NumberInput } from '../../ui/NumberInput';
import type { SettingsProps } from './settingsProps';
import { samplerNames } from './settingsWords';

const samplers = (['class-balanced', 'group-balanced', 'plain'] as const).map((value) => ({
  value,
  label: samplerNames[value],
}));

/** Which images a batch is made of, and what keeps the network from learning them by heart. */
export function RegularizationFields({ settings, isDisabled, onChange }: SettingsProps) {
  const { gradientClipping } = settings;
  return (
    <>
      <Choice
        label="Sampler"
        value={settings.sampler}
        options={samplers}
        isDisabled={isDisabled}
        onChange={(sampler) => onChange({ sampler })}
      />
      <NumberInput
        label="Label smoothing, ε"
        value={settings.labelSmoothing}
        {...rangeOf(bounds.labelSmoothing, 1e-3)}
        decimals={3}
        isDisabled={isDisabled}
        onChange={(labelSmoothing) => onChange({ labelSmoothing })}
      />
      <NumberInput
        label="Dropout before the last layer (share)"
        value={settings.dropout}
        {...rangeOf(bounds.dropout, 1e-3)}
        decimals={3}
        isDisabled={isDisabled}
        onChange={(dropout) => onChange({ dropout })}
      />
      <Check
        isSelected={gradientClipping !== null}
        isDisabled={isDisabled}
        onChange={(isOn) => onChange({ gradientClipping: isOn ? 1 : null })}
      >
        Clip gradients
      </Check>
      {gradientClipping === null ? null : (
        <NumberInput
          label="Largest norm of all gradients"
          value={gradientClipping}
          {...rangeOf(bounds.gradientNorm, 1e-4)}
          decimals={4}
          isDisabled={isDisabled}
          onChange={(norm) => onChange({ gradientClipping: norm })}
        />
      )}
    </>
  );
}
