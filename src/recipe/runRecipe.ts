import { type DatasetManifest, imageFitOf } from '../dataset/dataset';
import { modelId, type RunId } from '../foundation/ids';
import type { JobContext } from '../foundation/jobContext';
import { createRandom } from '../foundation/random';
import { vanilla } from '../methods/vanilla';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { summarizeModel } from '../model/summarizeModel';
import { silentChannels } from '../model/surgery/silentChannels';
import { trainWithCheckpoints } from '../training/trainWithCheckpoints';
import { compareArms } from './compareArms';
import { evaluateModel } from './evaluateModel';
import { pruneRound } from './pruneRound';
import type { RecipeBench } from './recipeBench';
import { armLabels, type RunConfig } from './runConfig';
import type { ArmRecord, RoundRecord, RunRecord } from './runRecord';
import { scoreLayer } from './scoreLayer';
import { chooseRound, stopReasonAfter } from './stopRule';

/** Share of a run's time before its arms are compared, for the progress bar. */
const armsShare = 0.99;
/** Shares of a round's time, for the progress bar. */
const rankShare = 0.02;
const fineTuneShare = 0.8;
const evaluateShare = 0.1;

/**
 * SNNL-Fair channel pruning (section 2.3 of the paper), and its control arms with the same seed and epochs:
 *
 * 1. score the channels of the target layer; 2. sort them; 3. prune the lowest pr_c; 4. fine-tune on the training split;
 * 5. repeat until the stop rule fires.
 *
 * Works on from wherever the record stands, so that an interrupted run is resumed by calling this again: every random
 * stream is opened per round and epoch, and fine-tuning goes on from its last checkpoint, which makes a resumed run
 * equal to an uninterrupted one. When the user wants it to finish now, the round under way is the last one.
 *
 * @param record as `openRun` made it, or as an interrupted run left it; not changed
 * @param publish called with the new record after every round
 * @returns the finished record
 * @throws LabError `cancelled`, `training-diverged`, `last-channel`, …; rounds that had finished are kept
 */
export async function runRecipe(
  record: RunRecord,
  bench: RecipeBench,
  context: JobContext,
  publish: (record: RunRecord) => void,
): Promise<RunRecord> {
  let current = record;
  const keep = async (change: Partial<RunRecord>) => {
    current = { ...current, ...change, updatedAt: new Date().toISOString() };
    await bench.saveRecord(current);
    publish(current);
  };
  await keep({ status: 'running', error: null });
  for (const [index, arm] of record.arms.entries()) {
    if (context.isFinishing()) break;
    const share = (done: number) => (armsShare * done) / record.arms.length;
    const armContext = context.part('', share(index), share(index + 1));
    await runArm(arm, current, bench, armContext, (changed) =>
      keep({ arms: current.arms.map((other) => (other.arm === changed.arm ? changed : other)) }),
    );
  }
  const contests = await compareArms(
    {
      dataset: bench.dataset,
      split: 'validation',
      baseline: record.baseline.evaluation,
      results: current.arms.flatMap(({ arm, rounds, chosenRound }) => {
        const reported = rounds[chosenRound - 1];
        return reported ? [{ arm, round: chosenRound, evaluation: reported.evaluation }] : [];
      }),
      config: record.config,
    },
    context.part('SNNL-Fair', armsShare, 1),
  );
  const endedEarly = current.arms.some((arm) => isUnfinished(arm, record.config.pruning));
  await keep({ status: 'finished', contests, ...(endedEarly && { endedEarly }) });
  return current;
}

function isUnfinished({ rounds, stop }: ArmRecord, pruning: RunConfig['pruning']): boolean {
  return rounds.length < pruning.rounds && (stop === null || pruning.continuePastStop);
}

/** The rounds of one arm, from the first that is missing. */
async function runArm(
  start: ArmRecord,
  run: RunRecord,
  bench: RecipeBench,
  context: JobContext,
  keep: (arm: ArmRecord) => Promise<void>,
): Promise<void> {
  const { pruning } = run.config;
  let arm = start;
  let model = await modelToContinueFrom(arm, bench);
  try {
    while (isUnfinished(arm, pruning) && !context.isFinishing()) {
      const round = arm.rounds.length + 1;
      const share = (n: number) => n / pruning.rounds;
      const next = await runRound(arm, model, run, bench, context.part('', share(round - 1), share(round)));
      if (model !== bench.unpruned) disposeModel(model);
      model = next.model;
      await bench.saveModel(model);
      const rounds = [...arm.rounds, next.record];
      const stop = arm.stop ?? stopAfter(rounds, run);
      arm = { ...arm, rounds, stop, chosenRound: chooseRound(rounds, stop, pruning.criterion) };
      await keep(arm);
    }
  } finally {
    if (model !== bench.unpruned) disposeModel(model);
  }
}

/** One round: prune, fine-tune, evaluate, score again. */
async function runRound(
  { arm, rounds }: ArmRecord,
  before: LabModel,
  run: RunRecord,
  bench: RecipeBench,
  context: JobContext,
): Promise<{ record: RoundRecord; model: LabModel }> {
  const startMs = performance.now();
  const { config, layer } = run;
  const { dataset } = bench;
  const round = rounds.length + 1;
  const name = `${armLabels[arm]}, round ${round} of ${config.pruning.rounds}`;
  const step = (what: string, from: number, to: number) => context.part(`${name} · ${what}`, from, to);

  const scores = rounds.at(-1)?.scoresAfter ?? run.baseline.scores;
  const id = modelId(`${roundModelPrefix(run.id)}${arm}~${round}`);
  const originalChannels = run.baseline.scores.scores.length;
  const { plan, prunedOriginal, ...pruned } = await pruneRound(
    { arm, model: before, dataset, layer, scores, originalChannels, round, id, config },
    step('ranking', 0, rankShare),
  );
  const model = config.fineTune.epochs > 0 ? withFitOf(pruned.model, dataset.manifest) : pruned.model;
  try {
    const { history, ...fineTuning } = await trainWithCheckpoints(
      { model, dataset, settings: config.fineTune, loss: vanilla.loss, seed: roundSeed(config.seed, round) },
      bench.checkpointSlot(run.id, arm, round),
      step('fine-tuning', rankShare, fineTuneShare),
    );
    const evaluation = await evaluateModel(
      {
        model,
        dataset,
        split: 'validation',
        baseline: run.baseline.evaluation,
        statistics: config.statistics,
        layer,
        seed: config.seed,
      },
      step('evaluating', fineTuneShare, fineTuneShare + evaluateShare),
    );
    const scoresAfter = await scoreLayer(
      { model, dataset, layer, config },
      step('scoring', fineTuneShare + evaluateShare, 1),
    );
    const { parameters, macs, bytes } = summarizeModel(model, { batchSize: config.fineTune.batchSize });
    const record: RoundRecord = {
      round,
      plan,
      prunedOriginal,
      channelsLeft: scoresAfter.scores.length - silentChannels(model, layer).size,
      parameters,
      macs,
      bytes,
      history,
      fineTuning,
      evaluation,
      scoresAfter,
      modelId: id,
      elapsedMs: Math.round(performance.now() - startMs),
    };
    return { record, model };
  } catch (error) {
    disposeModel(model);
    throw error;
  }
}

/** A model that is fine-tuned, with how the images became squares, where that was not known of it. */
function withFitOf(model: LabModel, manifest: DatasetManifest): LabModel {
  const imageFit = model.preprocessing.imageFit ?? imageFitOf(manifest);
  return imageFit ? { ...model, preprocessing: { ...model.preprocessing, imageFit } } : model;
}

function stopAfter(rounds: RoundRecord[], run: RunRecord): ArmRecord['stop'] {
  const unpruned = run.baseline.evaluation.report;
  const now = rounds.at(-1)!;
  const previous = rounds.at(-2)?.evaluation.report ?? unpruned;
  const reason = stopReasonAfter(now.round, { unpruned, previous, now: now.evaluation.report }, run.config.pruning);
  return reason && { round: now.round, reason };
}

async function modelToContinueFrom(arm: ArmRecord, bench: RecipeBench): Promise<LabModel> {
  const last = arm.rounds.at(-1);
  return last ? bench.loadModel(last.modelId) : bench.unpruned;
}

/** A seed of its own for every round, the same in every arm. Round 2 of one run is not round 1 of the next seed's. */
function roundSeed(seed: number, round: number): number {
  return createRandom(seed, 'round', round).integer(2 ** 31);
}

/** What the ids of the models of a run's rounds begin with. */
export function roundModelPrefix(id: RunId): string {
  return `${id}~`;
}
