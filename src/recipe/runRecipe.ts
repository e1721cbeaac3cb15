import { type DatasetManifest, imageFitOf } from '../dataset/stored/dataset';
import { type ModelId, modelId, type RunId, runId } from '../foundation/ids';
import type { JobContext } from '../foundation/jobContext';
import { createRandom } from '../foundation/random';
import { importanceLabel, subjectImportance } from '../importance/importances';
import { methodOf, trainingPlanOf } from '../methods/methods';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { summarizeModel } from '../model/summarizeModel';
import { silentChannels } from '../model/surgery/silentChannels';
import { releaseSlot } from '../training/checkpointSlot';
import type { DatasetPrediction } from '../training/predictDataset';
import { trainWithCheckpoints } from '../training/trainWithCheckpoints';
import { compareArms, contestRound, resultsAtRound } from './compareArms';
import { evaluateModel } from './evaluateModel';
import { predictOnce } from './predictSplit';
import { pruneRound } from './pruneRound';
import type { RecipeBench } from './recipeBench';
import { applyRunEvent, type RoundEvent, type RunEvent } from './runEvents';
import type { ArmRecord, RoundRecord, RunRecord } from './runRecord';
import { scoreLayer } from './scoreLayer';
import { chooseRound, isOver, stopReasonAfter } from './stopRule';

/** Share of a run's time before its arms are compared, for the progress bar. */
const roundsShare = 0.99;
/** Shares of a round's time, for the progress bar. */
const rankShare = 0.02;
const fineTuneShare = 0.8;
const predictShare = 0.04;
const evaluateShare = 0.1;

/**
 * SNNL-Fair channel pruning (section 2.3 of the paper), and its control arms with the same seed and epochs:
 *
 * 1. score the channels of the target layer; 2. sort them; 3. prune the lowest pr_c; 4. fine-tune on the training split;
 * 5. repeat until the stop rule fires.
 *
 * Every arm does its round 1, then every arm its round 2, …: a run that ends early leaves controls beside its rounds.
 *
 * Works on from wherever the record stands, so that an interrupted run is resumed by calling this again: every random
 * stream is opened per round and epoch, a round starts from the stored model of the one before, and fine-tuning goes on
 * from its last checkpoint, which makes a resumed run equal to an uninterrupted one. When the user wants it to finish now,
 * the round under way is the last one.
 *
 * @param record as `openRun` made it, or as an interrupted run left it; not changed. It has been kept.
 * @returns the finished record
 * @throws LabError `cancelled`, `training-diverged`, `last-channel`, …; rounds that had finished are kept
 */
export async function runRecipe(record: RunRecord, bench: RecipeBench, context: JobContext): Promise<RunRecord> {
  const { pruning } = record.config;
  let current = record;
  for (let round = 1; round <= pruning.rounds; round++) {
    for (const index of record.arms.keys()) {
      const arm = current.arms[index]!;
      if (arm.rounds.length >= round || isOver(arm, pruning) || context.isFinishing()) continue;
      const share = (done: number) => (roundsShare * (round - 1 + done / record.arms.length)) / pruning.rounds;
      const next = await runRound(arm, current, bench, context.part('', share(index), share(index + 1)));
      current = applyRunEvent(current, next);
    }
  }
  const contests = await compareArms(
    {
      dataset: bench.dataset,
      split: 'validation',
      baseline: record.baseline.evaluation,
      results: resultsAtRound(current.arms, contestRound(current.arms)),
      config: record.config,
    },
    context.part(subjectImportance.label, roundsShare, 1),
  );
  const endedEarly = current.arms.some((arm) => !isOver(arm, pruning));
  const ended: RunEvent = {
    kind: 'ended',
    at: new Date().toISOString(),
    status: 'finished',
    error: null,
    contests,
    ...(endedEarly && { endedEarly }),
  };
  await bench.note(ended);
  return applyRunEvent(current, ended);
}

/**
 * The next round of an arm, computed and kept. Its predictions and its model are durable before the round is noted, and the checkpoint of its
 * fine-tuning goes after that: whenever it breaks off, no more than an epoch is lost.
 *
 * @param arm with the rounds before; of the last one the model is needed, or the unpruned one
 */
export async function runRound(
  arm: ArmRecord,
  run: RunRecord,
  bench: RecipeBench,
  context: JobContext,
): Promise<RoundEvent> {
  const round = await computeRound(arm, run, bench, context);
  const rounds = [...arm.rounds, round];
  const stop = arm.stop ?? stopAfter(rounds, run);
  const chosenRound = chooseRound(rounds, stop, run.config.pruning.criterion);
  const event: RoundEvent = { kind: 'round', at: new Date().toISOString(), arm: arm.arm, round, stop, chosenRound };
  await bench.note(event);
  await releaseSlot(bench.checkpointSlot(run.id, arm.arm, round.round));
  return event;
}

/** One round: prune, fine-tune, evaluate, score again, keep the model. */
async function computeRound(
  { arm, rounds }: ArmRecord,
  run: RunRecord,
  bench: RecipeBench,
  context: JobContext,
): Promise<RoundRecord> {
  const startMs = performance.now();
  const { config, layer } = run;
  const { dataset } = bench;
  const round = rounds.length + 1;
  const name = `${importanceLabel(arm)}, round ${round} of ${config.pruning.rounds}`;
  const step = (what: string, from: number, to: number) => context.part(`${name} · ${what}`, from, to);

  const last = rounds.at(-1);
  const scores = last?.scoresAfter ?? run.baseline.scores;
  const id = modelId(`${roundModelPrefix(run.id)}${arm}${roundMark}${round}`);
  const originalChannels = run.baseline.scores.scores.length;
  // What an earlier model of this round predicted says nothing of the one that is made now.
  await bench.predictions.forget({ arm, round });
  const before = last ? await bench.loadModel(last.modelId) : bench.unpruned;
  const { plan, prunedOriginal, ...pruned } = await pruneRound(
    { arm, model: before, dataset, layer, scores, originalChannels, round, id, config },
    step('ranking', 0, rankShare),
  ).finally(() => {
    if (before !== bench.unpruned) disposeModel(before);
  });
  const model = config.fineTune.epochs > 0 ? withFitOf(pruned.model, dataset.manifest) : pruned.model;
  try {
    let lastLook: { epoch: number; seen: DatasetPrediction } | null = null;
    const { history, ...fineTuning } = await trainWithCheckpoints(
      {
        model,
        dataset,
        settings: config.fineTune,
        plan: trainingPlanOf(methodOf(model)),
        teacher: bench.teacher,
        seed: roundSeed(config.seed, round),
      },
      bench.checkpointSlot(run.id, arm, round),
      step('fine-tuning', rankShare, fineTuneShare),
      ({ epoch }, seen) => {
        lastLook = { epoch, seen };
      },
    );
    const split = 'validation';
    const predictions = await predictOnce(
      model,
      { split, round: { arm, round } },
      bench,
      step('evaluating', fineTuneShare, fineTuneShare + predictShare),
      seenAt(lastLook, fineTuning.keptEpoch),
    );
    const evaluation = await evaluateModel(
      {
        model,
        dataset,
        split,
        predictions,
        baseline: run.baseline.evaluation,
        statistics: config.statistics,
        layer,
        seed: config.seed,
      },
      step('evaluating', fineTuneShare + predictShare, fineTuneShare + evaluateShare),
    );
    const scoresAfter = await scoreLayer(
      { model, dataset, layer, config },
      step('scoring', fineTuneShare + evaluateShare, 1),
    );
    const { parameters, macs, bytes } = summarizeModel(model, { batchSize: config.fineTune.batchSize });
    await bench.saveModel(model);
    return {
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
  } finally {
    disposeModel(model);
  }
}

/** What the model with the weights of an epoch said of the validation split, when that was the last one looked at. */
function seenAt(last: { epoch: number; seen: DatasetPrediction } | null, keptEpoch: number | null) {
  return last?.epoch === keptEpoch ? last.seen : null;
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

/** A seed of its own for every round, the same in every arm. Round 2 of one run is not round 1 of the next seed's. */
function roundSeed(seed: number, round: number): number {
  return createRandom(seed, 'round', round).integer(2 ** 31);
}

/** Models of a run's rounds have ids of their run, an arm and a round, joined by this. */
const roundMark = '~';

/** What the ids of the models of a run's rounds begin with. */
export function roundModelPrefix(id: RunId): string {
  return `${id}${roundMark}`;
}

/** The run that a model belongs to as the model of a round; null for any other model. */
export function runOfRoundModel(id: ModelId): RunId | null {
  const end = id.indexOf(roundMark);
  return end === -1 ? null : runId(id.slice(0, end));
}
