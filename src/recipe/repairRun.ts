import type { ModelId } from '../foundation/ids';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { disposeModel } from '../model/disposeModel';
import type { RunDamage } from './findRunDamage';
import { addEvent, type FoldedRun, wholeRounds } from './foldRun';
import { openTestSplit, roundsToSee } from './openTestSplit';
import type { RecipeBench, ViewingBench } from './recipeBench';
import type { RunEvent } from './runEvents';
import { runRound } from './runRecipe';
import type { RoundName } from './runRecord';
import { isOver } from './stopRule';

/** Shares of a repair's time before looks are taken again, and before the last rounds are. */
const looksShare = 0.8;
const lastRoundsShare = 0.9;

/** Codes of a model that is not there as it was kept. */
const lostModelCodes: readonly string[] = ['model-not-found', 'model-unreadable', 'artifact-damaged'];

/** Whether an error says that a stored model is missing or damaged. */
export function tellsOfLostModel(error: unknown): error is LabError {
  return error instanceof LabError && lostModelCodes.includes(error.code);
}

/**
 * Opens every model of a run's rounds, to find those that are damaged or missing. Models that were let go are not missed.
 * @throws LabError `cancelled`; `storage-failed`
 */
export async function findLostModels(
  run: FoldedRun,
  loadModel: ViewingBench['loadModel'],
  context: JobContext,
): Promise<RunDamage['models']> {
  const lost: RunDamage['models'] = [];
  const kept = wholeRounds(run).filter(({ round }) => !run.absentModels.has(round.modelId));
  for (const [index, { arm, round }] of kept.entries()) {
    await context.breathe();
    try {
      disposeModel(await loadModel(round.modelId));
    } catch (error) {
      if (!tellsOfLostModel(error)) throw error;
      lost.push({ arm, round: round.round, modelId: round.modelId });
    }
    context.report(index + 1, kept.length, 'models');
  }
  return lost;
}

/**
 * Computes again what is damaged of a run: rounds from the model before and their seed, looks at the test split with the time
 * at which they were taken. Rounds that are whole stay as they are, and on the same device those computed again are equal to
 * what was lost. Models that were let go are computed again only where they are needed: for the round after them, for a look,
 * or to go on with an interrupted run.
 *
 * @param run its opening is whole
 * @returns the run without the damage
 * @throws LabError as `runRecipe`; what was computed again before that is kept
 */
export async function repairRun(
  run: FoldedRun,
  { rounds, models, looks }: Pick<RunDamage, 'rounds' | 'models' | 'looks'>,
  bench: RecipeBench,
  context: JobContext,
): Promise<FoldedRun> {
  let repaired = await repairRounds(run, [...rounds, ...models], bench, context.part('', 0, looksShare));
  for (const at of looks) {
    repaired = await repairLook(repaired, at, bench, context.part('', looksShare, lastRoundsShare));
  }
  if (repaired.hasFinished) return repaired;
  const wanted = lastRounds(repaired).filter((round) => isLetGo(repaired, round));
  return repairRounds(repaired, wanted, bench, context.part('', lastRoundsShare, 1));
}

/** Computes rounds again, after those before them whose models were let go: a round begins with the model of the one before. */
async function repairRounds(run: FoldedRun, wanted: readonly RoundName[], bench: RecipeBench, context: JobContext) {
  const all = new Map(wanted.flatMap((round) => withRoundsBefore(run, round)).map((name) => [keyOf(name), name]));
  const inOrder = [...all.values()].sort((a, b) => a.round - b.round);
  let repaired = run;
  for (const [index, { arm: name, round }] of inOrder.entries()) {
    const record = repaired.record!;
    const arm = record.arms.find((candidate) => candidate.arm === name)!;
    const before = {
      ...arm,
      rounds: arm.rounds.slice(0, round - 1),
      stop: arm.stop && arm.stop.round < round ? arm.stop : null,
    };
    const part = context.part('', index / inOrder.length, (index + 1) / inOrder.length);
    repaired = addEvent(repaired, await runRound(before, record, bench, part));
  }
  return repaired;
}

async function repairLook(run: FoldedRun, at: string, bench: RecipeBench, context: JobContext): Promise<FoldedRun> {
  const letGo = roundsToSee(run.record!.arms).filter((round) => isLetGo(run, round));
  const ready = await repairRounds(run, letGo, bench, context.part('', 0, 0.5));
  const look = await openTestSplit(ready.record!, bench, at, context.part('', 0.5, 1));
  const event: RunEvent = { kind: 'test-look', look };
  await bench.note(event);
  return addEvent(ready, event);
}

/** The rounds from which the arms of an interrupted run go on. */
function lastRounds({ record }: FoldedRun): RoundName[] {
  const { arms, config } = record!;
  return arms.flatMap((arm) =>
    arm.rounds.length > 0 && !isOver(arm, config.pruning) ? [{ arm: arm.arm, round: arm.rounds.length }] : [],
  );
}

function withRoundsBefore(run: FoldedRun, wanted: RoundName): RoundName[] {
  const all = [wanted];
  for (let round = wanted.round - 1; isLetGo(run, { ...wanted, round }); round--) all.push({ ...wanted, round });
  return all;
}

function isLetGo(run: FoldedRun, wanted: RoundName): boolean {
  const modelId: ModelId | undefined = wholeRounds(run).find(
    ({ arm, round }) => arm === wanted.arm && round.round === wanted.round,
  )?.round.modelId;
  return modelId !== undefined && run.absentModels.has(modelId);
}

function keyOf({ arm, round }: RoundName): string {
  return `${arm}~${round}`;
}
