import { splitNames } from '../../dataset/splitName';
import { fateByCriterion } from '../../fairness/computeFate';
import { fairnessCriteria } from '../../fairness/paperTable';
import { subjectImportance } from '../../importance/importances';
import { gapStanding } from '../maskFate';
import type { ArmContest, Evaluation, RunRecord, TestLook } from '../runRecord';
import { checkArm } from './checkArm';
import { checkChannelScores } from './checkChannelScores';
import { checkEvaluation } from './checkEvaluation';
import { requireInterval } from './checkUncertainty';
import { refuseField, requireClose, requireEqual, requireLength, requireWithin } from './refuseField';

/**
 * Checks that a run record means something: its lists are as long as each other, its numbers are what they can be, and its
 * figures follow from its own counts. Confusion counts, Avg F1, the gaps, FATE and the stop rule are computed again; what
 * needs images, scores or the network is checked for its range alone (see {@link checkEvaluation} and {@link checkArm}).
 *
 * @throws LabError `record-invalid`, naming the first field that is wrong, what it is and what it should be
 */
export function checkRecord(record: RunRecord): void {
  const { dataset, model, layer, config, baseline, arms } = record;
  checkData(record);
  requireEqual('model.imageSize', model.imageSize, dataset.imageSize, 'the size of the data’s images');
  requireLength('model.classNames', model.classNames, dataset.classNames.length, 'one per class of the data');
  if (config.layer !== null) requireEqual('layer', layer, config.layer, 'the layer of the settings');
  for (const name of ['createdAt', 'updatedAt'] as const) requireTime(name, record[name]);
  checkEvaluation(
    baseline.evaluation,
    { split: 'validation', cells: dataset.counts.validation, baseline: null },
    'baseline.evaluation',
  );
  const originalChannels = countOriginalChannels(record);
  const trainingImages = dataset.counts.train.flat().reduce((sum, count) => sum + count, 0);
  checkChannelScores(baseline.scores, { layer, originalChannels, trainingImages }, 'baseline.scores');
  requireLength('arms', arms, config.arms.length, 'the arms of the settings');
  for (const [index, arm] of arms.entries()) {
    requireEqual(`arms.${index}.arm`, arm.arm, config.arms[index]!, 'as in the settings');
    checkArm(record, arm, originalChannels, `arms.${index}`);
  }
  checkContests(record.contests ?? [], (arm, round) => roundOf(record, arm, round), baseline.evaluation, 'contests');
  for (const [index, look] of record.testLooks.entries()) checkLook(record, look, `testLooks.${index}`);
}

function checkData({ dataset }: RunRecord): void {
  const { classNames, counts } = dataset;
  for (const split of splitNames) {
    requireLength(`dataset.counts.${split}`, counts[split], classNames.length, 'one per class');
    for (const [k, cell] of counts[split].entries()) {
      const at = `dataset.counts.${split}.${k}`;
      requireLength(at, cell, 2, 'one per group');
      for (const [g, count] of cell.entries()) {
        if (!Number.isSafeInteger(count) || count < 0) refuseField(`${at}.${g}`, count, 'a whole number from 0 up');
      }
    }
  }
}

/** How many channels the layer had before any pruning: the numbers of its channels are below that. */
function countOriginalChannels({ model, layer, baseline }: RunRecord): number {
  const summary = model.layers.find(({ name }) => name === layer);
  if (model.layers.length > 0 && !summary) refuseField('layer', layer, 'one of the model’s layers');
  const present = baseline.scores.scores.length;
  const width = summary?.outputShape.at(-1);
  if (width !== undefined) requireEqual('baseline.scores.scores.length', present, width, 'the layer’s channels');
  const kept = model.originalChannels[layer];
  if (!kept) return present;
  requireLength(`model.originalChannels.${layer}`, kept, present, 'one per channel of the layer');
  for (const [index, channel] of baseline.scores.originalChannels.entries()) {
    requireEqual(`baseline.scores.originalChannels.${index}`, channel, kept[index]!, 'as the model has it');
  }
  return (kept.at(-1) ?? 0) + 1;
}

function roundOf({ arms }: RunRecord, arm: string, round: number): Evaluation | null {
  return arms.find((candidate) => candidate.arm === arm)?.rounds[round - 1]?.evaluation ?? null;
}

function checkLook(record: RunRecord, look: TestLook, field: string): void {
  const cells = record.dataset.counts.test;
  requireTime(`${field}.at`, look.at);
  checkEvaluation(look.baseline, { split: 'test', cells, baseline: null }, `${field}.baseline`);
  for (const [index, { arm, round, evaluation }] of look.arms.entries()) {
    const at = `${field}.arms.${index}`;
    const done = record.arms.find((candidate) => candidate.arm === arm)?.rounds.length ?? 0;
    if (done === 0) refuseField(`${at}.arm`, arm, 'an arm of the run with a finished round');
    requireWithin(`${at}.round`, round, 1, done);
    checkEvaluation(evaluation, { split: 'test', cells, baseline: look.baseline }, `${at}.evaluation`);
  }
  const seen = (arm: string, round: number) =>
    look.arms.find((candidate) => candidate.arm === arm && candidate.round === round)?.evaluation ?? null;
  checkContests(look.contests ?? [], seen, look.baseline, `${field}.contests`);
}

/** Contests between different rounds, which earlier versions held, are dropped when the record is read. */
function checkContests(
  contests: readonly ArmContest[],
  resultOf: (arm: string, round: number) => Evaluation | null,
  baseline: Evaluation,
  field: string,
): void {
  for (const [index, { rival, round, rivalRound, difference, gapDifference }] of contests.entries()) {
    if (round !== rivalRound) continue;
    const at = `${field}.${index}`;
    const own = resultOf(subjectImportance.id, round);
    const other = resultOf(rival, round);
    if (!own) refuseField(`${at}.round`, round, 'a round that SNNL-Fair has finished');
    if (!other) refuseField(`${at}.rival`, rival, `an arm that has finished round ${round}`);
    const [ownFate, otherFate] = [own, other].map(({ report }) => fateByCriterion(report, baseline.report));
    for (const criterion of fairnessCriteria) {
      const { value, interval } = difference[criterion];
      const [a, b] = [ownFate![criterion], otherFate![criterion]];
      if (value !== null || gapStanding(baseline, criterion) !== 'within-chance') {
        const expected = a === null || b === null ? null : a - b;
        requireClose(`${at}.difference.${criterion}.value`, value, expected, 'the difference of both FATEs');
      }
      if (interval) requireInterval(`${at}.difference.${criterion}.interval`, interval);
      const gap = gapDifference?.[criterion];
      if (!gap) continue;
      const expected = own.report[criterion] - other.report[criterion];
      requireClose(`${at}.gapDifference.${criterion}.value`, gap.value, expected, 'the difference of both gaps');
      if (gap.interval) requireInterval(`${at}.gapDifference.${criterion}.interval`, gap.interval);
    }
  }
}

function requireTime(field: string, text: string): void {
  if (Number.isNaN(Date.parse(text))) refuseField(field, text, 'a date and time');
}
