import { type Padding, planLimits } from '../../../../model/architectures/architecturePlan';
import { Choice } from '../../../ui/Choice';
import { NumberInput } from '../../../ui/NumberInput';

interface PaddingFieldsProps {
  padding: Padding;
  isDisabled: boolean;
  onChange(padding: Padding): void;
}

const options = [
  { value: 'same' as const, label: 'same (Keras)' },
  { value: 'valid' as const, label: 'none' },
  { value: 'pixels' as const, label: 'pixels (PyTorch)' },
];

export function PaddingFields({ padding, isDisabled, onChange }: PaddingFieldsProps) {
  const [min, max] = planLimits.padding;
  return (
    <>
      <Choice
        label="Padding"
        value={typeof padding === 'number' ? 'pixels' : padding}
        options={options}
        isDisabled={isDisabled}
        onChange={(kind) => onChange(kind === 'pixels' ? 1 : kind)}
      />
      {typeof padding === 'number' ? (
        <NumberInput
          label="Pixels on every side"
          value={padding}
          min={min}
          max={max}
          isDisabled={isDisabled}
          onChange={onChange}
        />
      ) : null}
    </>
  );
}
