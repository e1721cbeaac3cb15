import { evaluate } from '../fairness/evaluate';
import type { EvaluationSettings, FairnessEvaluation } from '../fairness/fairnessEvaluation';
import type { Predictions } from '../fairness/predictions/predictions';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { importanceLabel } from '../importance/importances';
import type { PredictionsName } from './predictionArchive';
import type { RoundName, RunRecord } from './runRecord';

/** Share of the time that finding predictions takes. */
const findShare = 0.2;

/**
 * Everything that can be said of one round's predictions on the validation split, against the unpruned model's: intervals
 * of every group, calibration from the scores, every definition of a gap. The run's record has the paper's table of it
 * already.
 *
 * @param find what was predicted in the run, as it was kept
 * @throws LabError `run-not-found` when the run has no such round; as `find` and `evaluate` do
 */
export async function analyseRound(
  record: RunRecord,
  round: RoundName,
  find: (name: PredictionsName, context: JobContext) => Promise<Predictions>,
  settings: EvaluationSettings,
  context: JobContext,
): Promise<FairnessEvaluation> {
  requireRound(record, round);
  const split = 'validation';
  const baseline = await find({ split, round: null }, context.part('Predicting, unpruned', 0, findShare / 2));
  const model = await find({ split, round }, context.part('Predicting', findShare / 2, findShare));
  return evaluate({ model, baseline, attribute: 0 }, settings, context.part('', findShare, 1));
}

/** A finished round of a run. @throws LabError `run-not-found` */
export function requireRound({ id, arms }: RunRecord, { arm, round }: RoundName) {
  const found = arms.find((candidate) => candidate.arm === arm)?.rounds.find((entry) => entry.round === round);
  if (found) return found;
  throw new LabError({
    code: 'run-not-found',
    message: `The run ${id} has no round ${round} of ${importanceLabel(arm)}.`,
    hint: 'Choose a finished round.',
  });
}
