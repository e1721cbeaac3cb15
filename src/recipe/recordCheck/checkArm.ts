import { prunesNothing } from '../../importance/importances';
import type { ArmRecord, RoundRecord, RunRecord } from '../runRecord';
import { stopReasonAfter } from '../stopRule';
import { checkChannelScores } from './checkChannelScores';
import { checkEvaluation } from './checkEvaluation';
import { checkPlan } from './checkPlan';
import { refuseField, requireEqual, requireLength, requireWithin } from './refuseField';

/**
 * Checks an arm's rounds: counted 1 … n, each going on from the one before, with the channels that are left; and that the
 * stop rule fires where the record says. Parameters, MACs and bytes need the network and are not computed again.
 *
 * @param originalChannels of the layer, by their numbers before any pruning
 * @param field path of the arm in its record
 * @throws LabError `record-invalid`
 */
export function checkArm(
  record: RunRecord,
  { arm, rounds, stop, chosenRound }: ArmRecord,
  originalChannels: number,
  field: string,
): void {
  requireWithin(`${field}.rounds.length`, rounds.length, 0, record.config.pruning.rounds);
  requireWithin(`${field}.chosenRound`, chosenRound, 0, rounds.length);
  if (stop) requireWithin(`${field}.stop.round`, stop.round, 1, rounds.length);
  let before = record.baseline.scores.originalChannels;
  let left = before.length - (record.model.silentChannels?.[record.layer]?.length ?? 0);
  const pruned = new Set<number>();
  for (const [index, round] of rounds.entries()) {
    const at = `${field}.rounds.${index}`;
    requireEqual(`${at}.round`, round.round, index + 1, 'as rounds are counted');
    if (prunesNothing(arm)) requireLength(`${at}.prunedOriginal`, round.prunedOriginal, 0, 'as it prunes nothing');
    for (const [position, channel] of round.prunedOriginal.entries()) {
      if (pruned.has(channel) || !before.includes(channel)) {
        refuseField(`${at}.prunedOriginal.${position}`, channel, 'a channel that was there before the round');
      }
      pruned.add(channel);
    }
    if (round.plan) {
      const { layer } = record;
      checkPlan(round.plan, { layer, channels: before, prunedOriginal: round.prunedOriginal }, at);
    }
    left -= round.prunedOriginal.length;
    requireEqual(`${at}.channelsLeft`, round.channelsLeft, left, 'what the rounds so far leave');
    checkRound(record, round, originalChannels, at);
    requireChannelsAfter(round, before, at);
    before = round.scoresAfter.originalChannels;
  }
  checkStop(record, rounds, stop, field);
}

function checkRound(record: RunRecord, round: RoundRecord, originalChannels: number, field: string): void {
  const { history, fineTuning, evaluation, scoresAfter, elapsedMs } = round;
  const { counts } = record.dataset;
  for (const [index, epoch] of history.entries()) {
    const at = `${field}.history.${index}`;
    requireEqual(`${at}.epoch`, epoch.epoch, index + 1, 'as epochs are counted');
    for (const name of ['learningRate', 'trainLoss', 'validationLoss'] as const) {
      requireWithin(`${at}.${name}`, epoch[name], 0, Number.MAX_VALUE);
    }
    requireWithin(`${at}.validationAccuracy`, epoch.validationAccuracy, 0, 1);
  }
  requireWithin(`${field}.history.length`, history.length, 0, record.config.fineTune.epochs);
  const keptEpoch = fineTuning?.keptEpoch ?? null;
  if (keptEpoch !== null) requireWithin(`${field}.fineTuning.keptEpoch`, keptEpoch, 1, history.length);
  requireWithin(`${field}.elapsedMs`, elapsedMs, 0, Number.MAX_SAFE_INTEGER);
  checkEvaluation(
    evaluation,
    { split: 'validation', cells: counts.validation, baseline: record.baseline.evaluation },
    `${field}.evaluation`,
  );
  const trainingImages = counts.train.flat().reduce((sum, count) => sum + count, 0);
  checkChannelScores(scoresAfter, { layer: record.layer, originalChannels, trainingImages }, `${field}.scoresAfter`);
}

/** The scores after a round are of the channels that are left, or, where pruned ones are only silenced, of all. */
function requireChannelsAfter({ prunedOriginal, scoresAfter }: RoundRecord, before: number[], field: string): void {
  const after = scoresAfter.originalChannels;
  const expected =
    after.length === before.length ? before : before.filter((channel) => !prunedOriginal.includes(channel));
  const at = `${field}.scoresAfter.originalChannels`;
  requireLength(at, after, expected.length, 'the channels that are left');
  for (const [index, channel] of expected.entries()) {
    requireEqual(`${at}.${index}`, after[index]!, channel, 'a channel that is left');
  }
}

/** The stop rule, looked up after every round as the run did. */
function checkStop(record: RunRecord, rounds: readonly RoundRecord[], stop: ArmRecord['stop'], field: string): void {
  const unpruned = record.baseline.evaluation.report;
  const fired = rounds.flatMap(({ round, evaluation }, index) => {
    const previous = rounds[index - 1]?.evaluation.report ?? unpruned;
    const reason = stopReasonAfter(round, { unpruned, previous, now: evaluation.report }, record.config.pruning);
    return reason ? [{ round, reason }] : [];
  })[0];
  const words = (at: ArmRecord['stop'] | undefined) => (at ? `round ${at.round}, ${at.reason}` : 'none');
  requireEqual(`${field}.stop`, words(stop), words(fired), 'as the stop rule says of these figures');
}
