import { describeSettings } from '../foundation/setting';
import type { Method } from './method';
import type { MethodDescription } from './methodDescription';
import { trainingPlanOf } from './methods';

/** What the engine says of a method. */
export function describeMethod(method: Method): MethodDescription {
  const { id, label, meaning, formula, source, needsGroup = false } = method;
  const { needsTeacher = false } = trainingPlanOf({ id, settings: {} });
  return { id, label, meaning, formula, source, needsGroup, needsTeacher, settings: describeSettings(method.settings) };
}
