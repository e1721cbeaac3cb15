import { type Activation, plainActivations, usualSlope } from '../../../../model/architectures/architecturePlan';
import { Choice } from '../../../ui/Choice';
import { NumberInput } from '../../../ui/NumberInput';
import { activationLabels } from './stepWords';

interface ActivationFieldsProps {
  activation: Activation;
  isDisabled: boolean;
  onChange(activation: Activation): void;
}

const [first, ...others] = plainActivations;
const options = [first, 'leaky-relu' as const, ...others].map((value) => ({ value, label: activationLabels[value] }));

export function ActivationFields({ activation, isDisabled, onChange }: ActivationFieldsProps) {
  return (
    <>
      <Choice
        label="Activation"
        value={typeof activation === 'object' ? activation.name : activation}
        options={options}
        isDisabled={isDisabled}
        onChange={(name) => onChange(name === 'leaky-relu' ? { name, slope: usualSlope } : name)}
      />
      {typeof activation === 'object' ? (
        <NumberInput
          label="Slope below 0"
          value={activation.slope}
          min={0}
          max={1}
          decimals={4}
          isDisabled={isDisabled}
          onChange={(slope) => onChange({ ...activation, slope })}
        />
      ) : null}
    </>
  );
}
