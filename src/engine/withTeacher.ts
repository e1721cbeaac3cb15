import { LabError } from '../foundation/labError';
import { methods, trainingPlanOf } from '../methods/methods';
import type { LabModel, MethodChoice } from '../model/labModel';
import type { Workspace } from './workspace';

/**
 * Opens the frozen network that a method compares with, where it needs one, while work is done.
 * @throws LabError `config-invalid` when the method needs a teacher and none is named; `model-not-found`
 */
export function withTeacher<T>(
  workspace: Workspace,
  choice: MethodChoice,
  work: (teacher: LabModel | null) => Promise<T>,
): Promise<T> {
  if (!trainingPlanOf(choice).needsTeacher) return work(null);
  if (choice.teacherId) return workspace.withModel(choice.teacherId, work);
  throw new LabError({
    code: 'config-invalid',
    message: `${methods.find(choice.id).label} compares with a trained network, and none is named.`,
    hint: 'Name a model that is stored on this machine as its teacher.',
    details: { field: 'method.teacherId', method: choice.id },
  });
}
