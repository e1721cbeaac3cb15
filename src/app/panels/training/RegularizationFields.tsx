import { trainingSections } from '../../../training/trainSettings';
import { SettingFields } from '../../ui/SettingFields';
import type { SettingsProps } from './settingsProps';
import { trainingFields } from './trainingFields';

const fields = trainingFields(trainingSections.regularization);

/** Which images a batch is made of, and what keeps the network from learning them by heart. */
export function RegularizationFields({ settings, isDisabled, onChange }: SettingsProps) {
  return <SettingFields fields={fields} values={settings} isDisabled={isDisabled} onChange={onChange} />;
}
