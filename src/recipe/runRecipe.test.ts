import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { splitIndices } from '../dataset/stored/dataset';
import { createJobControl, createSilentContext } from '../foundation/createJobControl';
import { runId } from '../foundation/ids';
import { disposeModel } from '../model/disposeModel';
import { startWasmAndCpu } from '../testing/computeOn';
import { createDemoBench, type DemoBench } from '../testing/demoBench';
import { handMadeRecord } from '../testing/handMadeRecord';
import { predictDataset } from '../training/predictDataset';
import { openRun } from './openRun';
import { completeRunConfig, type RunConfig } from './runConfig';
import { applyRunEvent } from './runEvents';
import { runRecipe } from './runRecipe';
import type { RunRecord } from './runRecord';

/** A criterion lies in 0 … 1: no round can fall by more than 1, so a least gain of 1 stops, and one of -1 never does. */
const neverEnough = 1;
const alwaysEnough = -1;

const base = {
  score: { batchSize: 32 },
  pruning: { ratio: 0.1, rounds: 3, maxAccuracyDrop: 1, minFairnessGain: neverEnough },
  fineTune: { epochs: 1, batchSize: 32 },
  arms: ['random'],
  statistics: { replicates: 0, permutations: 0 },
};

function configOf(pruning: Partial<RunConfig['pruning']>, arms: RunConfig['arms'] = ['random']): RunConfig {
  return completeRunConfig({ ...base, pruning: { ...base.pruning, ...pruning }, arms });
}

let bench: DemoBench;
beforeAll(() => startWasmAndCpu());
beforeEach(async () => {
  bench = await createDemoBench();
});

async function open(config: RunConfig): Promise<RunRecord> {
  const { environment } = handMadeRecord();
  const newRun = { id: runId('tiny'), config, environment, now: '2026-01-01T10:00:00.000Z' };
  return (await openRun(newRun, bench, createSilentContext())).record;
}

function work(record: RunRecord): Promise<RunRecord> {
  return runRecipe(record, bench, createSilentContext());
}

async function run(pruning: Partial<RunConfig['pruning']>): Promise<RunRecord> {
  return work(await open(configOf(pruning)));
}

it('predicts no split again that fine-tuning has just looked at: the numbers are those of a model that is asked anew', async () => {
  const validation = new Set(splitIndices(bench.dataset.manifest, 'validation'));
  const record = await open(configOf({ rounds: 1 }));
  let read = 0;
  const { readPixels } = bench.dataset;
  bench.dataset.readPixels = (indices) => {
    read += Array.from(indices).filter((index) => validation.has(index)).length;
    return readPixels(indices);
  };
  const { arms } = await work(record);
  // Once at the end of the epoch, and once for the probe, which reads features.
  expect(read).toBe(2 * validation.size);
  const [round] = arms[0]!.rounds;
  const model = await bench.loadModel(round!.modelId);
  const asked = await predictDataset(model, bench.dataset, [...validation], createSilentContext());
  disposeModel(model);
  expect(round!.evaluation.predicted).toEqual(Array.from(asked.predicted));
});

describe('a run that reaches its stop', () => {
  it('ends with the round at which the stop rule fired, and reports the unpruned model when that was the first', async () => {
    const { status, arms } = await run({ continuePastStop: false });
    expect(status).toBe('finished');
    expect(arms[0]!.rounds.map(({ round }) => round)).toEqual([1]);
    expect(arms[0]).toMatchObject({ stop: { round: 1, reason: 'no-fairness-gain' }, chosenRound: 0 });
    expect(bench.keptModels).toEqual(['tiny~random~1']);
  });

  it('goes through all rounds when told to go on, and only marks where it would have stopped', async () => {
    const { arms } = await run({ continuePastStop: true });
    expect(arms[0]!.rounds.map(({ round }) => round)).toEqual([1, 2, 3]);
    expect(arms[0]).toMatchObject({ stop: { round: 1, reason: 'no-fairness-gain' }, chosenRound: 0 });
    expect(bench.keptModels).toEqual(['tiny~random~1', 'tiny~random~2', 'tiny~random~3']);
  });

  it('stopped or not, does the same in the rounds before', async () => {
    const stopped = await run({ continuePastStop: false });
    const whole = await run({ continuePastStop: true });
    const { elapsedMs: _, ...first } = stopped.arms[0]!.rounds[0]!;
    expect(whole.arms[0]!.rounds[0]).toMatchObject(first);
  });

  it.each([
    ['no round is added', false, 1],
    ['no round is added where all are done', true, 3],
  ])('taken up again: %s', async (_, continuePastStop, rounds) => {
    const done = await run({ continuePastStop });
    const again = await work({ ...done, status: 'cancelled' });
    expect(again.arms).toEqual(done.arms);
    expect(again.status).toBe('finished');
    expect(bench.keptModels).toHaveLength(rounds);
  });
});

describe('a run that nothing stops', () => {
  it('ends with its last round and chooses the one with the best FATE, or none when all are below 0', async () => {
    const { arms } = await run({ minFairnessGain: alwaysEnough });
    expect(arms[0]!.stop).toEqual({ round: 3, reason: 'rounds-done' });
    const fates = arms[0]!.rounds.map(({ evaluation }) => evaluation.fate!.eodd);
    const known = fates.filter((fate) => fate !== null);
    expect(known).not.toEqual([]);
    const best = Math.max(...known);
    expect(arms[0]!.chosenRound).toBe(best < 0 ? 0 : fates.indexOf(best) + 1);
  });

  it('prunes by the channels’ first indices: 10 % of 16, 14 and 13, half up, none twice', async () => {
    const { arms } = await run({ minFairnessGain: alwaysEnough });
    const { rounds } = arms[0]!;
    expect(rounds.map(({ prunedOriginal }) => prunedOriginal.length)).toEqual([2, 1, 1]);
    expect(rounds.map(({ channelsLeft }) => channelsLeft)).toEqual([14, 13, 12]);
    const gone = rounds.flatMap(({ prunedOriginal }) => prunedOriginal);
    expect(new Set(gone).size).toBe(4);
    const left = Array.from({ length: 16 }, (_, channel) => channel).filter((channel) => !gone.includes(channel));
    expect(rounds.at(-1)!.scoresAfter.originalChannels).toEqual(left);
    const kept = await bench.loadModel(rounds.at(-1)!.modelId);
    expect(kept.originalChannels).toEqual({ conv5: left });
  });

  it('notes every round of every arm, and its end, and nothing else: what was noted gives the record', async () => {
    const record = await open(configOf({ rounds: 2, minFairnessGain: alwaysEnough }, ['random', 'fine-tune-only']));
    const finished = await work(record);
    const names = bench.noted.map((event) => (event.kind === 'round' ? [event.arm, event.round.round] : event.kind));
    expect(names).toEqual([['random', 1], ['fine-tune-only', 1], ['random', 2], ['fine-tune-only', 2], 'ended']);
    expect(bench.noted.reduce(applyRunEvent, record)).toEqual(finished);
    expect(record.arms.map(({ rounds }) => rounds)).toEqual([[], []]);
  });

  it('keeps predictions and model of a round before the round is noted, and its checkpoint until after', async () => {
    const record = await open(configOf({ rounds: 1 }));
    const order: string[] = [];
    const slots: DemoBench['checkpointSlot'] = (...of) => {
      const slot = bench.checkpointSlot(...of);
      return { ...slot, remove: async () => void order.push('checkpoint removed') };
    };
    const watched: DemoBench = {
      ...bench,
      predictions: { ...bench.predictions, keep: async ({ split }) => void order.push(`predictions ${split}`) },
      saveModel: async (model) => void order.push(`model ${model.id}`),
      note: async ({ kind }) => void order.push(kind),
      checkpointSlot: slots,
    };
    await runRecipe(record, watched, createSilentContext());
    expect(order).toEqual(['predictions validation', 'model tiny~random~1', 'round', 'checkpoint removed', 'ended']);
  });

  it('leaves no tensor behind, not even when it is cancelled in the middle', async () => {
    const record = await open(configOf({ minFairnessGain: alwaysEnough }));
    await work(record);
    const before = memory().numTensors;
    await work(record);
    expect(memory().numTensors).toBe(before);
    const control = createJobControl('run', () => undefined);
    const cancelling = { ...bench, note: async () => control.cancel() };
    await expect(runRecipe(record, cancelling, control.context)).rejects.toMatchObject({ code: 'cancelled' });
    expect(memory().numTensors).toBe(before);
  });
});
