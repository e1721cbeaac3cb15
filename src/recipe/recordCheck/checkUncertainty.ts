import type { Interval } from '../../fairness/fairnessEvaluation';
import { fairnessCriteria } from '../../fairness/paperTable';
import type { ScoreSummary } from '../../fairness/paperTableSchema';
import type { Evaluation } from '../runRecord';
import { refuseField, requireClose, requireEqual, requireLength, requireWithin } from './refuseField';

/** A floor this close to the gap may be above or below it: both were rounded. */
const floorTolerance = 1e-6;

/**
 * Checks what a record cannot prove of an evaluation, its intervals, noise floors, calibration and probe, for what they can
 * be at all.
 *
 * @param field path of the evaluation in its record
 * @throws LabError `record-invalid`
 */
export function checkUncertainty(evaluation: Evaluation, field: string): void {
  checkBootstrap(evaluation, `${field}.bootstrap`);
  checkFloor(evaluation, `${field}.noiseFloor`);
  checkScores(evaluation, `${field}.detail.scores`);
  checkProbe(evaluation, `${field}.probe`);
}

function checkBootstrap({ bootstrap }: Evaluation, field: string): void {
  if (!bootstrap) return;
  requireWithin(`${field}.level`, bootstrap.level, 0, 1);
  for (const [name, interval] of Object.entries(bootstrap.intervals)) {
    requireInterval(`${field}.intervals.${name}`, interval);
    requireWithin(`${field}.intervals.${name}.low`, interval.low, 0, 1);
    requireWithin(`${field}.intervals.${name}.high`, interval.high, 0, 1);
  }
  for (const criterion of fairnessCriteria) {
    const interval = bootstrap.fate?.[criterion];
    if (interval) requireInterval(`${field}.fate.${criterion}`, interval);
  }
}

/** @throws LabError `record-invalid` when the upper end lies below the lower */
export function requireInterval(field: string, { low, high }: Interval): void {
  if (low > high) refuseField(`${field}.high`, high, `at least ${low}, the lower end`);
}

function checkFloor({ noiseFloor, report }: Evaluation, field: string): void {
  if (!noiseFloor) return;
  for (const criterion of fairnessCriteria) {
    const at = `${field}.byCriterion.${criterion}`;
    const { observed, mean, q05, q95, aboveFloor } = noiseFloor.byCriterion[criterion];
    requireClose(`${at}.observed`, observed, report[criterion], 'the gap itself');
    requireWithin(`${at}.mean`, mean, 0, 1);
    requireWithin(`${at}.q05`, q05, 0, 1);
    requireWithin(`${at}.q95`, q95, q05, 1);
    if (Math.abs(observed - q95) > floorTolerance) {
      requireEqual(`${at}.aboveFloor`, aboveFloor, observed > q95, `with a gap of ${observed} and a floor of ${q95}`);
    }
  }
}

function checkScores({ detail, report }: Evaluation, field: string): void {
  const scores = detail?.scores;
  if (!scores) return;
  checkSummary(scores.overall, report.n, `${field}.overall`);
  requireLength(`${field}.groups`, scores.groups, 2, 'one per group');
  for (const [g, summary] of scores.groups.entries()) {
    checkSummary(summary, report.groups[g]!.n, `${field}.groups.${g}`);
  }
  if (scores.equityScaledAuc !== null) requireWithin(`${field}.equityScaledAuc`, scores.equityScaledAuc, 0, 1);
}

function checkSummary({ auc, brier, ece, reliability }: ScoreSummary, n: number, field: string): void {
  if (auc !== null) requireWithin(`${field}.auc`, auc, 0, 1);
  requireWithin(`${field}.brier`, brier, 0, 2);
  requireWithin(`${field}.ece`, ece, 0, 1);
  const counted = reliability.reduce((sum, bin) => sum + bin.n, 0);
  if (counted !== n) refuseField(`${field}.reliability`, `${counted} samples`, `${n}, all that are measured`);
  for (const [index, { low, high, confidence, accuracy }] of reliability.entries()) {
    const at = `${field}.reliability.${index}`;
    requireWithin(`${at}.low`, low, 0, 1);
    requireWithin(`${at}.high`, high, low, 1);
    if (confidence !== null) requireWithin(`${at}.confidence`, confidence, 0, 1);
    if (accuracy !== null) requireWithin(`${at}.accuracy`, accuracy, 0, 1);
  }
}

function checkProbe({ probe }: Evaluation, field: string): void {
  if (!probe) return;
  for (const [fold, auc] of probe.aucByFold.entries()) requireWithin(`${field}.aucByFold.${fold}`, auc, 0, 1);
  if (probe.aucByFold.length === 0) refuseField(`${field}.aucByFold.length`, 0, 'at least 1');
  const mean = probe.aucByFold.reduce((sum, auc) => sum + auc, 0) / probe.aucByFold.length;
  requireClose(`${field}.auc`, probe.auc, mean, 'the mean of its folds');
  requireWithin(`${field}.sd`, probe.sd, 0, 1);
}
