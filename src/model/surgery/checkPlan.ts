import { LabError } from '../../foundation/labError';
import type { LabModel, PruningPlan } from '../labModel';
import { planPruning } from './planPruning';

/**
 * Checks that a plan still is the plan for this model: same layer, same channels, same weights with the same shapes.
 *
 * @throws LabError `model-mismatch` when it is not, and whatever `planPruning` throws
 */
export function checkPlan(model: LabModel, plan: PruningPlan): void {
  const due = planPruning(model, plan.layer, plan.remove);
  const stale =
    !sameNumbers(due.keep, plan.keep) ||
    due.edits.length !== plan.edits.length ||
    due.edits.some((edit, index) => {
      const other = plan.edits[index]!;
      return (
        edit.layer !== other.layer ||
        edit.weight !== other.weight ||
        edit.axis !== other.axis ||
        !sameNumbers(edit.shapeBefore, other.shapeBefore) ||
        !sameNumbers(edit.shapeAfter, other.shapeAfter) ||
        !sameNumbers(edit.keep, other.keep)
      );
    });
  if (!stale) return;
  throw new LabError({
    code: 'model-mismatch',
    message: `The pruning plan for "${plan.layer}" was not made for the model "${model.name}" as it is now.`,
    hint: 'Make the plan again from this model.',
    details: { layer: plan.layer },
  });
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
