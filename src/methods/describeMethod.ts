import { describeSettings, type SettingField } from '../foundation/setting';
import type { Method, MethodSource } from './method';
import { trainingPlanOf } from './methods';

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

export function describeMethod(method: Method): MethodDescription {
  const { id, label, meaning, formula, source, needsGroup = false } = method;
  const { needsTeacher = false } = trainingPlanOf({ id, settings: {} });
  return { id, label, meaning, formula, source, needsGroup, needsTeacher, settings: describeSettings(method.settings) };
}
