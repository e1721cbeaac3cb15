import type { ModelId } from '../foundation/ids';
import type { LabErrorData } from '../foundation/labError';
import { importanceLabel } from '../importance/importances';
import { type FoldedRun, wholeRounds } from './foldRun';
import type { KnownRun } from './knownRun';
import type { RoundName, RoundRecord, RunRecord } from './runRecord';
import { isOver } from './stopRule';

/** What of a stored run is not as it was written. All of it can be computed again. */
export interface RunDamage {
  /** The event that opened the run: the scores and the evaluation of the unpruned model. */
  isOpeningLost: boolean;
  /** Rounds that had finished and are not in the journal any more, in the order in which they are computed. */
  rounds: RoundName[];
  /** Rounds whose model is missing or damaged, though it was not let go. */
  models: (RoundName & { modelId: ModelId })[];
  /** Times of looks at the test split that are not in the journal any more. */
  looks: string[];
  /** The event that ended a finished run. */
  isEndLost: boolean;
}

/**
 * Compares what a journal holds with what must have been in it: the rounds before later ones, those that the head counts, all
 * rounds of a finished run; and with the models that are there.
 *
 * @param hasModel whether a model is stored; whether it is whole is found out when it is opened
 */
export function findRunDamage(run: FoldedRun, head: KnownRun | null, hasModel: (id: ModelId) => boolean): RunDamage {
  const { record } = run;
  const isLost = ({ modelId }: RoundRecord) =>
    !run.absentModels.has(modelId) && (run.damagedModels.has(modelId) || !hasModel(modelId));
  const known = new Set(record?.testLooks.map(({ at }) => at));
  return {
    isOpeningLost: record === null,
    rounds: missingRounds(run, head),
    models: wholeRounds(run).flatMap(({ arm, round }) =>
      isLost(round) ? [{ arm, round: round.round, modelId: round.modelId }] : [],
    ),
    looks: (head?.testLooks ?? []).filter((at) => !known.has(at)),
    isEndLost: record !== null && !run.hasFinished && (head?.hasFinished ?? false),
  };
}

export function isDamaged({ isOpeningLost, rounds, models, looks, isEndLost }: RunDamage): boolean {
  return isOpeningLost || isEndLost || rounds.length + models.length + looks.length > 0;
}

/** What a damaged run says of itself instead of how it ended. */
export function describeRunDamage(id: string, damage: RunDamage): LabErrorData {
  const name = ({ arm, round }: RoundName) => `round ${round} of ${importanceLabel(arm)}`;
  const parts = [
    ...(damage.isOpeningLost ? ['what was measured of the unpruned model'] : []),
    ...damage.rounds.map(name),
    ...damage.models.map((round) => `the model of ${name(round)}`),
    ...damage.looks.map((at) => `the look at the test split of ${at}`),
    ...(damage.isEndLost ? ['the comparison of its arms'] : []),
  ];
  return {
    code: 'artifact-damaged',
    message: `Of the run ${id} this is damaged or missing: ${parts.join(', ')}.`,
    hint: 'Resume the run: what is damaged is computed again from its seed, what is whole stays as it is.',
    details: { id },
  };
}

function missingRounds(run: FoldedRun, head: KnownRun | null): RunDamage['rounds'] {
  const { record, hasFinished } = run;
  const whole = wholeRounds(run);
  const arms = record?.arms.map(({ arm }) => arm) ?? head?.config.arms ?? [];
  const missing = arms.flatMap((arm) => {
    const numbers = new Set(whole.filter((event) => event.arm === arm).map(({ round }) => round.round));
    const counted = head?.arms.find((known) => known.arm === arm)?.roundsDone ?? 0;
    const last = Math.max(counted, ...numbers, hasFinished ? roundsOfFinished(record, arm) : 0);
    return Array.from({ length: last }, (_, index) => ({ arm, round: index + 1 })).filter(
      ({ round }) => !numbers.has(round),
    );
  });
  return missing.sort((a, b) => a.round - b.round);
}

/** How many rounds a finished run must have of an arm, as far as that can be told: the next one, when it is not over. */
function roundsOfFinished(record: RunRecord | null, name: string): number {
  const arm = record?.arms.find((candidate) => candidate.arm === name);
  if (!record || !arm || record.endedEarly) return 0;
  return isOver(arm, record.config.pruning) ? 0 : arm.rounds.length + 1;
}
