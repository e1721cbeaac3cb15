import { bounds, rangeOf } from '../../../foundation/bounds';
import type { OptimizerSettings } from '../../../training/trainSettings';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';
import { NumberInput } from '../../ui/NumberInput';
import type { SettingsProps } from './settingsProps';
import { optimizerNames } from './settingsWords';

const names = (['sgd', 'adam', 'adamw'] as const).map((value) => ({ value, label: optimizerNames[value] }));

/** The optimiser and its numbers, with PyTorch's meaning. */
export function OptimizerFields({ settings, isDisabled, onChange }: SettingsProps) {
  const { optimizer } = settings;
  const set = (changed: OptimizerSettings) => onChange({ optimizer: changed });
  return (
    <>
      <Choice
        label="Optimiser"
        value={optimizer.name}
        options={names}
        isDisabled={isDisabled}
        onChange={(name) => set(optimizerOf(name, optimizer))}
      />
      {optimizer.name === 'sgd' ? (
        <>
          <NumberInput
            label="Momentum"
            value={optimizer.momentum}
            {...rangeOf(bounds.share)}
            decimals={4}
            isDisabled={isDisabled}
            onChange={(momentum) => set({ ...optimizer, momentum })}
          />
          <Check
            isSelected={optimizer.nesterov}
            isDisabled={isDisabled || optimizer.momentum === 0}
            onChange={(nesterov) => set({ ...optimizer, nesterov })}
          >
            Nesterov momentum
          </Check>
        </>
      ) : null}
      <NumberInput
        label="Weight decay"
        value={optimizer.weightDecay}
        {...rangeOf(bounds.weightDecay)}
        decimals={8}
        isDisabled={isDisabled}
        onChange={(weightDecay) => set({ ...optimizer, weightDecay })}
      />
      {optimizer.name === 'sgd' ? (
        <Check
          isSelected={optimizer.decoupled ?? false}
          isDisabled={isDisabled || optimizer.weightDecay === 0}
          onChange={(decoupled) => set({ ...optimizer, decoupled })}
        >
          Decoupled weight decay (else L2, as PyTorch’s SGD)
        </Check>
      ) : null}
    </>
  );
}

/** Another optimiser with the numbers that it shares with the present one. */
function optimizerOf(name: OptimizerSettings['name'], { learningRate, weightDecay }: OptimizerSettings) {
  return name === 'sgd'
    ? { name, learningRate, momentum: 0.9, nesterov: true, weightDecay }
    : { name, learningRate, weightDecay };
}
