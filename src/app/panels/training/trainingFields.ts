import { describeSetting, type SettingField } from '../../../foundation/setting';
import { trainSettingsSchema } from '../../../training/trainSettings';

const withOwnForms: ReadonlySet<string> = new Set(['optimizer', 'schedule', 'augmentation', 'earlyStopping']);
const fields = Object.entries(trainSettingsSchema.shape)
  .filter(([name]) => !withOwnForms.has(name))
  .map(([name, schema]) => describeSetting(name, schema));

/** The settings of a training that stand in a part of its form. The objects among the settings have forms of their own. */
export function trainingFields(section: string): SettingField[] {
  return fields.filter((field) => field.section === section);
}
