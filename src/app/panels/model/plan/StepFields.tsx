import {
  type PlanStep,
  planLimits,
  type StepKind,
  usualEpsilon,
} from '../../../../model/architectures/architecturePlan';
import { stepLabels } from '../../../../model/architectures/stepProblem';
import { Check } from '../../../ui/Check';
import { Choice } from '../../../ui/Choice';
import { NumberInput } from '../../../ui/NumberInput';
import { ActivationFields } from './ActivationFields';
import { stepOfKind } from './editPlan';
import { PaddingFields } from './PaddingFields';

interface StepFieldsProps {
  step: PlanStep;
  isDisabled: boolean;
  onChange(step: PlanStep): void;
}

const kinds = (Object.keys(stepLabels) as StepKind[]).map((value) => ({ value, label: stepLabels[value] }));

/** Everything that can be set of one step. */
export function StepFields({ step, isDisabled, onChange }: StepFieldsProps) {
  const whole = (
    label: string,
    value: number,
    [min, max]: readonly [number, number],
    set: (value: number) => PlanStep,
  ) => (
    <NumberInput
      label={label}
      value={value}
      min={min}
      max={max}
      isDisabled={isDisabled}
      onChange={(typed) => onChange(set(typed))}
    />
  );
  return (
    <>
      <Choice
        label="Kind"
        value={step.kind}
        options={kinds}
        isDisabled={isDisabled}
        onChange={(kind) => onChange(stepOfKind(kind, step))}
      />
      {step.kind === 'convolution'
        ? whole('Filters', step.filters, planLimits.filters, (filters) => ({ ...step, filters }))
        : null}
      {step.kind === 'convolution' || step.kind === 'depthwise-convolution' ? (
        <>
          {whole('Kernel', step.kernel, planLimits.kernel, (kernel) => ({ ...step, kernel }))}
          {whole('Stride', step.stride, planLimits.stride, (stride) => ({ ...step, stride }))}
        </>
      ) : null}
      {step.kind === 'max-pooling' || step.kind === 'average-pooling' ? (
        <>
          {whole('Size', step.size, planLimits.poolSize, (size) => ({ ...step, size }))}
          {whole('Stride', step.stride ?? step.size, planLimits.stride, (stride) => ({ ...step, stride }))}
        </>
      ) : null}
      {'padding' in step ? (
        <PaddingFields
          padding={step.padding}
          isDisabled={isDisabled}
          onChange={(padding) => onChange({ ...step, padding })}
        />
      ) : null}
      {step.kind === 'dense' ? whole('Units', step.units, planLimits.units, (units) => ({ ...step, units })) : null}
      {step.kind === 'dropout' ? (
        <NumberInput
          label="Rate"
          value={step.rate}
          min={0}
          max={0.95}
          decimals={3}
          isDisabled={isDisabled}
          onChange={(rate) => onChange({ ...step, rate })}
        />
      ) : null}
      {'bias' in step ? (
        <>
          <ActivationFields
            activation={step.activation}
            isDisabled={isDisabled}
            onChange={(activation) => onChange({ ...step, activation })}
          />
          <Check isSelected={step.bias} isDisabled={isDisabled} onChange={(bias) => onChange({ ...step, bias })}>
            Bias
          </Check>
          <Check
            isSelected={step.batchNorm !== null}
            isDisabled={isDisabled}
            onChange={(has) => onChange({ ...step, batchNorm: has ? { epsilon: usualEpsilon } : null })}
          >
            BatchNorm
          </Check>
          {step.batchNorm ? (
            <NumberInput
              label="BatchNorm’s ε"
              value={step.batchNorm.epsilon}
              min={1e-8}
              max={1}
              decimals={8}
              isDisabled={isDisabled}
              onChange={(epsilon) => onChange({ ...step, batchNorm: { epsilon } })}
            />
          ) : null}
        </>
      ) : null}
    </>
  );
}
