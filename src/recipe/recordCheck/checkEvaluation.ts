import type { SplitName } from '../../dataset/splitName';
import { fateByCriterion } from '../../fairness/computeFate';
import type { ConfusionCounts } from '../../fairness/countConfusion';
import { evaluateGroups, type GroupEvaluation } from '../../fairness/evaluateGroups';
import { gapNames } from '../../fairness/gapDefinitions';
import { fairnessCriteria, twoGroupReport } from '../../fairness/paperTable';
import { gapStanding } from '../maskFate';
import type { Evaluation } from '../runRecord';
import { checkUncertainty } from './checkUncertainty';
import { recoverCounts } from './recoverCounts';
import { refuseField, requireClose, requireEqual, requireLength, requireWithin } from './refuseField';

/** What an evaluation of a record has to agree with. */
export interface EvaluationFrame {
  split: SplitName;
  /** Samples of every class in every group of the split, [classCount][2]. */
  cells: readonly (readonly number[])[];
  /** Its baseline; null when it is the baseline. */
  baseline: Evaluation | null;
}

const byCounts = 'as computed from the record’s own counts';

/**
 * Checks what an evaluation says against itself: the confusion counts that its rates stand for are those of the split and of
 * the predicted classes, and Avg F1, every gap and FATE follow from them. Which image got which class cannot be checked, nor
 * can the loss, intervals, noise floors, AUC, calibration and the probe, which need images or scores: of these only ranges.
 *
 * @param field path of the evaluation in its record
 * @throws LabError `record-invalid`, naming the field, what it is and what it should be
 */
export function checkEvaluation(evaluation: Evaluation, frame: EvaluationFrame, field: string): void {
  const { split, report, predicted, loss } = evaluation;
  requireEqual(`${field}.split`, split, frame.split, 'the split that is looked at here');
  const counts = recoverCounts(report, frame.cells, `${field}.report`);
  const evaluated = evaluateGroups(counts, null);
  requireSame(`${field}.report`, report, twoGroupReport(evaluated));
  checkPredicted(predicted, counts, `${field}.predicted`);
  checkFate(evaluation, frame.baseline, `${field}.fate`);
  checkGaps(evaluation, evaluated, `${field}.detail.gaps`);
  checkUncertainty(evaluation, field);
  requireWithin(`${field}.loss`, loss, 0, Number.MAX_VALUE);
}

/** Every number of a computed report, against the same place of the one that was read. */
function requireSame(field: string, found: unknown, expected: unknown): void {
  if (typeof expected !== 'object' || expected === null) {
    const [read, computed] = [found, expected].map((value) => (typeof value === 'number' ? value : null));
    requireClose(field, read!, computed!, byCounts);
    return;
  }
  if (typeof found !== 'object' || found === null) refuseField(field, null, byCounts);
  for (const [key, value] of Object.entries(expected)) {
    requireSame(`${field}.${key}`, (found as Record<string, unknown>)[key], value);
  }
}

function checkPredicted(predicted: readonly number[], counts: ConfusionCounts, field: string): void {
  const { classCount, support, predicted: wanted } = counts;
  requireLength(
    field,
    predicted,
    support.reduce((sum, count) => sum + count, 0),
    'one per sample of the split',
  );
  const found = new Int32Array(classCount);
  for (const [index, k] of predicted.entries()) {
    if (!Number.isInteger(k) || k < 0 || k >= classCount) {
      refuseField(`${field}.${index}`, k, `a class from 0 to ${classCount - 1}`);
    }
    found[k]! += 1;
  }
  for (const [k, count] of found.entries()) {
    const expected = wanted[k]! + wanted[classCount + k]!;
    if (count !== expected) {
      refuseField(field, `class ${k} for ${count} samples`, `class ${k} for ${expected}, as the rates say`);
    }
  }
}

function checkFate({ fate, report }: Evaluation, baseline: Evaluation | null, field: string): void {
  if (!baseline) {
    if (fate) refuseField(field, 'given', 'missing: the unpruned model is what FATE compares with');
    return;
  }
  if (!fate) refuseField(field, null, byCounts);
  const computed = fateByCriterion(report, baseline.report);
  for (const criterion of fairnessCriteria) {
    // A gap within its noise floor gives no FATE; earlier versions had one, which is taken back when the record is read.
    if (fate[criterion] === null && gapStanding(baseline, criterion) === 'within-chance') continue;
    requireClose(`${field}.${criterion}`, fate[criterion], computed[criterion], byCounts);
  }
}

/** A reading that is missing may be one that the lab did not have when the record was written. */
function checkGaps({ detail }: Evaluation, { gaps }: GroupEvaluation, field: string): void {
  if (!detail) return;
  for (const name of gapNames) {
    if (detail.gaps[name] !== null) requireClose(`${field}.${name}`, detail.gaps[name], gaps[name].value, byCounts);
  }
}
