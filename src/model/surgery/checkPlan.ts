import { LabError } from '../../foundation/labError';
import type { LabModel, PruningPlan } from '../labModel';
import { planPruning } from './planPruning';

/**
 * Checks that a plan still is the plan for this model: made anew for the same channels it comes out the same.
 *
 * @throws LabError `model-mismatch` when it does not, and whatever `planPruning` throws
 */
export function checkPlan(model: LabModel, plan: PruningPlan): void {
  const targets = Object.fromEntries(plan.targets.map(({ layer, remove }) => [layer, remove]));
  const due = planPruning(model, targets, plan.mode);
  const isSame = (['targets', 'selections', 'edits'] as const).every(
    (part) => JSON.stringify(due[part]) === JSON.stringify(plan[part]),
  );
  if (isSame) return;
  const names = Object.keys(targets).join('", "');
  throw new LabError({
    code: 'model-mismatch',
    message: `The pruning plan for "${names}" was not made for the model "${model.name}" as it is now.`,
    hint: 'Make the plan again from this model.',
    details: { layer: names },
  });
}
