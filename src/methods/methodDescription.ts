import type { SettingField } from '../foundation/setting';
import type { MethodSource } from './methodSource';

/** A method as plain data: what the page and the command line show of it. */
export interface MethodDescription {
  id: string;
  label: string;
  meaning: string;
  formula: string;
  source: MethodSource;
  /** Whether prediction needs to know the group. */
  needsGroup: boolean;
  /** Whether training needs a trained network to compare with. */
  needsTeacher: boolean;
  settings: SettingField[];
}
