import { describeSettings, initialSettings } from '../../../foundation/setting';
import { adamSchema, type OptimizerSettings, sgdSchema } from '../../../training/trainSettings';
import { SettingFields } from '../../ui/SettingFields';
import type { SettingsProps } from './settingsProps';

/** Without the learning rate, which stands among the everyday numbers. */
const isHere = ({ section }: { section?: string }) => section === undefined;
const sgdFields = describeSettings(sgdSchema).filter(isHere);
const adamFields = describeSettings(adamSchema).filter(isHere);

/** The optimiser and its numbers, with PyTorch's meaning. */
export function OptimizerFields({ settings, isDisabled, onChange }: SettingsProps) {
  const { optimizer } = settings;
  return (
    <SettingFields
      fields={optimizer.name === 'sgd' ? sgdFields : adamFields}
      values={optimizer}
      isDisabled={isDisabled}
      idle={idleIn(optimizer)}
      onChange={(changed) =>
        onChange({ optimizer: changed.name === optimizer.name ? changed : optimizerOf(changed.name, optimizer) })
      }
    />
  );
}

function idleIn(optimizer: OptimizerSettings): string[] {
  if (optimizer.name !== 'sgd') return [];
  return [...(optimizer.momentum === 0 ? ['nesterov'] : []), ...(optimizer.weightDecay === 0 ? ['decoupled'] : [])];
}

/** Another optimiser with the numbers that it shares with the present one. */
function optimizerOf(name: OptimizerSettings['name'], { learningRate, weightDecay }: OptimizerSettings) {
  return name === 'sgd'
    ? { ...initialSettings(sgdSchema), learningRate, weightDecay }
    : { name, learningRate, weightDecay };
}
