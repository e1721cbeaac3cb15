import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileStore } from '../artifacts/fileStore';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { defaultEvaluationSettings } from '../fairness/evaluate';
import { formatRunRecord, parseRunRecord } from '../recipe/parseRunRecord';
import { completeRunConfig, type RunConfig } from '../recipe/runConfig';
import type { RunRecord } from '../recipe/runRecord';
import { startTestHost } from '../testing/startTestHost';
import { wholeRun } from '../testing/wholeRun';
import type { EngineHost } from './engineHost';
import { jobHandlers } from './jobs/jobHandlers';
import type { LabEngine } from './labEngine';
import { createLocalEngine } from './localEngine';
import type { JobName, JobParams } from './protocol/jobMap';
import { Workspace } from './workspace';

/** A small demo, a narrow net and few epochs: the whole loop in seconds. */
const settings = { bias: 1, count: 200, imageSize: 32, seed: 5 };
const config: RunConfig = completeRunConfig({
  score: { batchSize: 32 },
  pruning: { ratio: 0.1, rounds: 3, maxAccuracyDrop: 1, minFairnessGain: -1 },
  fineTune: { epochs: 1, batchSize: 32 },
  arms: ['snnl', 'random', 'fine-tune-only'],
  statistics: { replicates: 50, permutations: 50 },
});

const training: Pick<JobParams<'trainModel'>, 'architecture' | 'settings' | 'seed'> = {
  architecture: { name: 'small-cnn', imageSize: 32, classCount: 5, widthMultiplier: 0.25, seed: 1 },
  settings: { ...config.fineTune, epochs: 1, optimizer: { name: 'adam', learningRate: 1e-3, weightDecay: 0 } },
  seed: 1,
};

let host: EngineHost;

beforeAll(async () => {
  host = await startTestHost();
});

function openEngine(store = createMemoryFileStore()): LabEngine {
  return createLocalEngine(new Workspace({ ...host, store }), jobHandlers);
}

/** A record as an engine that did not compute it keeps it. */
const asImported = (record: RunRecord) => ({ ...record, origin: { kind: 'imported', at: expect.any(String) } });

/** A store that tells when a path beginning so was written the given number of times. */
function watchedStore(beginning: string, times: number, tell: () => void): FileStore {
  const store = createMemoryFileStore();
  let left = times;
  return {
    ...store,
    async write(path, bytes) {
      await store.write(path, bytes);
      if (!path.startsWith(beginning)) return;
      left -= 1;
      if (left === 0) tell();
    },
  };
}

async function prepare(engine: LabEngine): Promise<JobParams<'runRecipe'>> {
  const dataset = await engine.start('generateDemo', { settings }).result;
  const { model } = await engine.start('trainModel', { datasetId: dataset.id, name: 'tiny', ...training }).result;
  return { datasetId: dataset.id, modelId: model.id, config };
}

/** What a run computed, without ids, times and names. */
function outcome(record: RunRecord) {
  return {
    baseline: record.baseline,
    arms: record.arms.map(({ rounds, ...arm }) => ({
      ...arm,
      rounds: rounds.map(({ modelId: _model, elapsedMs: _elapsed, ...round }) => round),
    })),
  };
}

async function run<J extends JobName>(engine: LabEngine, job: J, params: JobParams<J>) {
  return engine.start(job, params).result;
}

describe('the whole loop on WASM', () => {
  it('scores, prunes, fine-tunes and evaluates every round of every arm; the model really shrinks', async () => {
    const engine = openEngine();
    const record = await wholeRun(engine, 'runRecipe', await prepare(engine));
    expect(record.status).toBe('finished');
    // As the command line says it, which trained it by the same job.
    expect(record.baselineOrigin).toEqual({ kind: 'trained', ...training, keptEpoch: 1 });
    const channels = record.baseline.scores.scores.length;
    // 10 % of 32, 29, 26 channels, half up: 3, 3, 3.
    expect(channels).toBe(32);
    for (const arm of record.arms) {
      expect(arm.rounds).toHaveLength(3);
      const removed = arm.rounds.map((round) => round.prunedOriginal.length);
      expect(removed).toEqual(arm.arm === 'fine-tune-only' ? [0, 0, 0] : [3, 3, 3]);
      expect(arm.rounds.at(-1)!.channelsLeft).toBe(arm.arm === 'fine-tune-only' ? 32 : 23);
      const smaller = arm.rounds.at(-1)!.bytes < record.model.bytes;
      expect(smaller).toBe(arm.arm !== 'fine-tune-only');
    }
    const [snnl, random] = record.arms;
    const lowest = [...record.baseline.scores.scores.entries()].sort(([, a], [, b]) => a - b).slice(0, 3);
    expect(snnl!.rounds[0]!.prunedOriginal).toEqual(lowest.map(([channel]) => channel).sort((a, b) => a - b));
    expect(random!.rounds[0]!.prunedOriginal).not.toEqual(snnl!.rounds[0]!.prunedOriginal);
    const all = snnl!.rounds.flatMap((round) => round.prunedOriginal);
    expect(new Set(all).size).toBe(9);
    const chosen = record.arms.filter(({ chosenRound }) => chosenRound > 0).map(({ arm }) => arm);
    const rivals = chosen.includes('snnl') ? chosen.filter((arm) => arm !== 'snnl') : [];
    expect(record.contests!.map(({ rival }) => rival)).toEqual(rivals);
  });

  it('keeps beside the table what the scores are worth, in memory and in its file', async () => {
    const engine = openEngine();
    const params = await prepare(engine);
    const record = await wholeRun(engine, 'runRecipe', { ...params, config: { ...config, arms: ['snnl'] } });
    for (const { report, detail } of [record.baseline, ...record.arms[0]!.rounds].map(({ evaluation }) => evaluation)) {
      expect(detail!.gaps.eopp1).toBe(report.eopp1);
      expect(detail!.gaps.eoddShared).toBe(report.bothGroups!.eodd);
      const counted = detail!.scores!.groups.map((group) => group.reliability.reduce((sum, { n }) => sum + n, 0));
      expect(counted).toEqual(report.groups.map(({ n }) => n));
      expect(detail!.scores!.overall.auc).toBeGreaterThan(0);
    }
    expect(parseRunRecord(formatRunRecord(record)).baseline.evaluation.detail).toEqual(
      record.baseline.evaluation.detail,
    );
  });

  it('the same settings and seed twice give the same scores, metrics and predictions', async () => {
    const [first, second] = [openEngine(), openEngine()];
    const a = await wholeRun(first, 'runRecipe', await prepare(first));
    const b = await wholeRun(second, 'runRecipe', await prepare(second));
    expect(outcome(b)).toEqual(outcome(a));
  });

  it('a run cancelled in the middle keeps its finished rounds, and resumed equals an uninterrupted one', async () => {
    const whole = openEngine();
    const uninterrupted = await wholeRun(whole, 'runRecipe', await prepare(whole));

    const engine = openEngine();
    const params = await prepare(engine);
    const job = engine.start('runRecipe', params, {
      partial(event) {
        if (event.kind === 'round' && event.round.round === 2) job.cancel();
      },
    });
    await expect(job.result).rejects.toMatchObject({ code: 'cancelled' });
    const { runs } = await run(engine, 'listInventory', {});
    expect(runs[0]).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
    expect(runs[0]!.arms[0]!.rounds).toHaveLength(2);

    const resumed = await wholeRun(engine, 'resumeRun', { runId: runs[0]!.id });
    expect(resumed.status).toBe('finished');
    expect(outcome(resumed)).toEqual(outcome(uninterrupted));
    await expect(run(engine, 'resumeRun', { runId: resumed.id })).rejects.toMatchObject({ code: 'run-not-resumable' });
  });

  it('a run cancelled between two epochs of fine-tuning goes on from there and equals an uninterrupted one', async () => {
    const threeEpochs = { ...config, arms: ['snnl' as const], fineTune: { ...config.fineTune, epochs: 3 } };
    const whole = openEngine();
    const uninterrupted = await wholeRun(whole, 'runRecipe', { ...(await prepare(whole)), config: threeEpochs });

    let cancel: () => void = () => undefined;
    // Three epochs a round: the fifth checkpoint is the second epoch of the second round.
    const store = watchedStore('run-checkpoints/', 5, () => cancel());
    const engine = openEngine(store);
    const job = engine.start('runRecipe', { ...(await prepare(engine)), config: threeEpochs });
    cancel = job.cancel;
    await expect(job.result).rejects.toMatchObject({ code: 'cancelled' });
    const { runs } = await run(engine, 'listInventory', {});
    expect(runs[0]!.arms[0]!.rounds).toHaveLength(1);

    const resumed = await wholeRun(engine, 'resumeRun', { runId: runs[0]!.id });
    expect(outcome(resumed)).toEqual(outcome(uninterrupted));
    expect(await store.list('run-checkpoints')).toEqual([]);
  });

  it('a run told to finish now ends with the round under way and says that it ended early', async () => {
    let finish: () => void = () => undefined;
    const engine = openEngine(watchedStore('run-checkpoints/', 1, () => finish()));
    const settled = { ...config, fineTune: { ...config.fineTune, epochs: 3 } };
    const job = engine.start('runRecipe', { ...(await prepare(engine)), config: settled });
    finish = job.finishNow;
    const { runId } = await job.result;
    const record = await run(engine, 'readRun', { runId });
    expect(record).toMatchObject({ status: 'finished', endedEarly: true });
    expect(record.arms.map(({ rounds }) => rounds.length)).toEqual([1, 0, 0]);
    expect(record.arms[0]!.rounds[0]!.fineTuning).toMatchObject({ endedBy: 'finish-now' });
    expect(await run(openEngine(), 'importRecord', { text: JSON.stringify(record) })).toEqual(asImported(record));
  });

  it('a training cancelled between two epochs is offered, goes on from there and gives the same model', async () => {
    const training = (datasetId: JobParams<'trainModel'>['datasetId']): JobParams<'trainModel'> => ({
      datasetId,
      name: 'interrupted',
      architecture: { name: 'vgg11', imageSize: 32, classCount: 5, widthMultiplier: 0.03125, head: 'dense', seed: 2 },
      settings: { ...config.fineTune, epochs: 3 },
      seed: 2,
    });
    const whole = openEngine();
    const uninterrupted = await run(whole, 'trainModel', training((await run(whole, 'generateDemo', { settings })).id));

    let cancel: () => void = () => undefined;
    const engine = openEngine(watchedStore('trainings/', 3, () => cancel()));
    const { id: datasetId } = await run(engine, 'generateDemo', { settings });
    const job = engine.start('trainModel', training(datasetId));
    cancel = job.cancel;
    await expect(job.result).rejects.toMatchObject({ code: 'cancelled' });
    const { trainings } = await run(engine, 'listInventory', {});
    expect(trainings).toMatchObject([{ name: 'interrupted', datasetId, epochs: 3 }]);

    const resumed = await run(engine, 'resumeTraining', { trainingId: trainings[0]!.id });
    expect(resumed.history).toEqual(uninterrupted.history);
    expect(resumed.model.id).toBe(uninterrupted.model.id);
    expect(resumed.model.layers.map(({ name }) => name)).toContain('fc3');
    expect((await run(engine, 'listInventory', {})).trainings).toEqual([]);
    await expect(run(engine, 'resumeTraining', { trainingId: trainings[0]!.id })).rejects.toMatchObject({
      code: 'training-not-found',
    });
  });

  it('an exported round loads again and gives the same predictions; the record survives its file', async () => {
    const engine = openEngine();
    const params = await prepare(engine);
    const record = await wholeRun(engine, 'runRecipe', params);
    const last = record.arms[0]!.rounds.at(-1)!;
    const made = await run(engine, 'exportModel', { modelId: last.modelId, runId: record.id, format: 'tfjs' });
    const file = new File([made.bytes], made.fileName);
    const loaded = await run(engine, 'loadModel', {
      source: { kind: 'files', files: [{ path: made.fileName, file }] },
    });
    expect(loaded.parameters).toBe(last.parameters);
    const evaluation = await run(engine, 'evaluateModel', {
      datasetId: params.datasetId,
      modelId: loaded.id,
      split: 'validation',
    });
    expect(evaluation.predicted).toEqual(last.evaluation.predicted);
    expect(evaluation.report).toEqual(last.evaluation.report);

    const imported = await run(openEngine(), 'importRecord', { text: JSON.stringify(record) });
    expect(imported).toEqual(asImported(record));
    // What was computed here stays so when its own file comes back.
    expect(await run(engine, 'importRecord', { text: JSON.stringify(imported) })).toEqual(record);

    // A round that is kept to go on from outlives its run, and predicts as it did.
    const kept = await run(engine, 'keepRound', { modelId: last.modelId, name: 'branch' });
    await run(engine, 'deleteStored', { kind: 'run', id: record.id });
    const { models } = await run(engine, 'listInventory', {});
    expect(models.map(({ id }) => id)).toContain(kept.id);
    const prunedFrom = { id: record.model.id, name: record.model.name };
    expect(kept).toMatchObject({ name: 'branch', parameters: last.parameters, prunedFrom });
    const { predicted } = await run(engine, 'evaluateModel', {
      datasetId: params.datasetId,
      modelId: kept.id,
      split: 'validation',
    });
    expect(predicted).toEqual(last.evaluation.predicted);
  });

  it('a damaged model hides neither the other models nor the runs, and can be deleted', async () => {
    const store = createMemoryFileStore();
    const engine = openEngine(store);
    const { modelId } = await prepare(engine);
    await store.write(`models/${modelId}/head.json`, new Uint8Array(4));
    const inventory = await run(engine, 'listInventory', {});
    expect(inventory.unreadableModels).toEqual([modelId]);
    expect(inventory.datasets).toHaveLength(1);
    const after = await run(engine, 'deleteStored', { kind: 'model', id: modelId });
    expect(after.unreadableModels).toEqual([]);
  });

  it('every look at the test split is counted in the record and compares with the same split', async () => {
    const engine = openEngine();
    const record = await wholeRun(engine, 'runRecipe', await prepare(engine));
    expect(record.testLooks).toEqual([]);
    await run(engine, 'openTestSplit', { runId: record.id });
    const looked = await run(engine, 'openTestSplit', { runId: record.id });
    expect(looked.testLooks).toHaveLength(2);
    const [look] = looked.testLooks;
    const testSize = record.dataset.counts.test.flat().reduce((a, b) => a + b);
    expect(look!.baseline).toMatchObject({ split: 'test', report: { n: testSize } });
    // Every arm at the round that SNNL-Fair reports; where it reports none, at its own.
    const shared = record.arms.find(({ arm }) => arm === 'snnl')!.chosenRound;
    expect(look!.arms.map(({ arm, round }) => [arm, round])).toEqual(
      record.arms.flatMap(({ arm, chosenRound }) => (shared || chosenRound ? [[arm, shared || chosenRound]] : [])),
    );
  });

  it('every evaluation probes the group from the layer; a round is analysed again as the record has it', async () => {
    const engine = openEngine();
    const record = await wholeRun(engine, 'runRecipe', {
      ...(await prepare(engine)),
      config: { ...config, arms: ['snnl', 'lowest-skewness'] },
    });
    const [, skewness] = record.arms;
    expect(skewness!.rounds.map(({ prunedOriginal }) => prunedOriginal.length)).toEqual([3, 3, 3]);
    for (const { evaluation } of [record.baseline, ...skewness!.rounds]) {
      expect(evaluation.probe).toMatchObject({ layer: record.layer });
      expect(evaluation.probe!.aucByFold).toHaveLength(5);
      expect(evaluation.probe!.auc).toBeGreaterThan(0);
      expect(evaluation.probe!.auc).toBeLessThanOrEqual(1);
    }
    const settings = { ...defaultEvaluationSettings, replicates: 20, permutations: 20 };
    const wanted = { runId: record.id, arm: 'lowest-skewness' as const, round: 2, settings };
    const { analysis } = await run(engine, 'analyseRound', wanted);
    const { report } = skewness!.rounds[1]!.evaluation;
    expect(analysis.model.gaps.eopp1.value).toBeCloseTo(report.eopp1, 12);
    expect(analysis.baseline!.metrics.f1.average.value).toBeCloseTo(record.baseline.evaluation.report.rows.f1.avg, 12);
    expect(analysis.model.scores!.overall.brier).toBeGreaterThan(0);
    await expect(run(engine, 'analyseRound', { ...wanted, round: 9 })).rejects.toMatchObject({ code: 'run-not-found' });
  });

  it('scores with other settings and tells how far the ranking holds', async () => {
    const engine = openEngine();
    const { datasetId, modelId } = await prepare(engine);
    const { models } = await run(engine, 'listInventory', {});
    const found = await run(engine, 'scoreSensitivity', {
      datasetId,
      modelId,
      layer: models[0]!.defaultLayer!,
      options: { ...config.score, temperature: 'auto', batchSize: 32 },
      seed: 1,
      prunedCount: 4,
    });
    expect(found).toMatchObject({ channels: 32, prunedCount: 4 });
    // Five temperatures, the one other batch size that 120 training images allow, and three seeds.
    expect(found.points.map(({ setting }) => setting)).toEqual([
      ...Array.from({ length: 5 }, () => 'temperature'),
      'batchSize',
      ...Array.from({ length: 3 }, () => 'seed'),
    ]);
    for (const { tau, samePrunedRatio } of found.points) {
      expect(Math.abs(tau!)).toBeLessThanOrEqual(1);
      expect([0, 0.25, 0.5, 0.75, 1]).toContain(samePrunedRatio);
    }
    const seeds = found.points.filter(({ setting }) => setting === 'seed');
    expect(Math.min(...seeds.map(({ tau }) => tau!))).toBeGreaterThan(0.5);
  });

  it('work that cannot fit into the memory is refused before it begins, and leaves nothing behind', async () => {
    const store = createMemoryFileStore();
    const params = await prepare(openEngine(store));
    const { environment } = host;
    const small = { ...environment, memory: { bytes: 70 * 2 ** 20, tensorBytes: null } };
    const engine = createLocalEngine(new Workspace({ ...host, store, environment: small }), jobHandlers);
    const before = memory().numTensors;
    const large = { ...config, fineTune: { ...config.fineTune, batchSize: 2048 } };
    await expect(engine.start('runRecipe', { ...params, config: large }).result).rejects.toMatchObject({
      code: 'exceeds-memory',
      message: expect.stringMatching(
        /^Fine-tuning in batches of 2048 needs about \d+ MiB of the 70 MiB there can be\.$/,
      ),
      hint: expect.stringMatching(/^Use batches of at most \d+, /),
    });
    const { runs } = await engine.start('listInventory', {}).result;
    expect(runs).toEqual([]);
    expect(memory().numTensors).toBe(before);
    expect((await wholeRun(engine, 'runRecipe', params)).status).toBe('finished');
  });

  it('a cancelled training leaves no tensor behind', async () => {
    const engine = openEngine();
    const { datasetId } = await prepare(engine);
    const before = memory().numTensors;
    const job = engine.start(
      'trainModel',
      {
        datasetId,
        name: 'cancelled',
        architecture: { name: 'small-cnn', imageSize: 32, classCount: 5, widthMultiplier: 0.25, seed: 2 },
        settings: { ...config.fineTune, epochs: 50 },
        seed: 2,
      },
      { partial: () => job.cancel() },
    );
    await expect(job.result).rejects.toMatchObject({ code: 'cancelled' });
    expect(memory().numTensors).toBe(before);
  });

  it('three rounds leave no more tensors and bytes behind than one', async () => {
    const engine = openEngine();
    const params = await prepare(engine);
    const rounds = (count: number) => ({ ...config, pruning: { ...config.pruning, rounds: count } });
    await wholeRun(engine, 'runRecipe', { ...params, config: rounds(1) });
    const after1 = memory();
    await wholeRun(engine, 'runRecipe', { ...params, config: rounds(3) });
    const after3 = memory();
    expect(after3.numTensors).toBe(after1.numTensors);
    expect(after3.numBytes).toBe(after1.numBytes);
  });
});
