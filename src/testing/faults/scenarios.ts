import type { JobListener, LabEngine } from '../../engine/labEngine';
import type { JobName, JobParams } from '../../engine/protocol/jobMap';
import type { RunRecord } from '../../recipe/runRecord';
import { withoutIdsAndTimes } from '../withoutIdsAndTimes';
import { createImageFiles } from './createImageFiles';
import { demo, type FaultBench, runConfig, training } from './faultBench';

/** Something that the lab does with its store. */
export interface Scenario {
  name: string;
  /**
   * Does it, or goes on with it as a user would who finds it half done. What it gives is free of ids and times that are drawn
   * anew. `finished` counts what the lab has told as finished.
   */
  act(engine: LabEngine, bench: FaultBench, finished: () => void): Promise<unknown>;
  /** How many of what was told as finished are there. */
  countFinished?(engine: LabEngine, bench: FaultBench): Promise<number>;
}

const run = <J extends JobName>(engine: LabEngine, job: J, params: JobParams<J>) => engine.start(job, params).result;
const inventoryOf = (engine: LabEngine) => run(engine, 'listInventory', {});

/** The run that is not the prepared one. */
async function otherRun(engine: LabEngine, { runId }: FaultBench): Promise<RunRecord | undefined> {
  const found = (await inventoryOf(engine)).runs.find(({ id }) => id !== runId);
  return found && run(engine, 'readRun', { runId: found.id });
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'run',
    async act(engine, bench, finished) {
      const { datasetId, modelId } = bench;
      const left = await otherRun(engine, bench);
      if (left?.status === 'finished') return withoutIdsAndTimes(left);
      const listener: JobListener<'runRecipe'> = { partial: ({ kind }) => kind === 'round' && finished() };
      const job = left
        ? engine.start('resumeRun', { runId: left.id }, listener)
        : engine.start('runRecipe', { datasetId, modelId, config: runConfig }, listener);
      return withoutIdsAndTimes(await run(engine, 'readRun', { runId: (await job.result).runId }));
    },
    async countFinished(engine, bench) {
      const left = await otherRun(engine, bench);
      return left ? left.arms.reduce((sum, { rounds }) => sum + rounds.length, 0) : 0;
    },
  },
  {
    name: 'training',
    async act(engine, { datasetId, modelId }) {
      const { trainings, models } = await inventoryOf(engine);
      const done = models.find(({ id }) => id !== modelId);
      if (done && trainings.length === 0) return done.id;
      const [left] = trainings;
      const job = left
        ? engine.start('resumeTraining', { trainingId: left.id })
        : engine.start('trainModel', training(datasetId, 2));
      return (await job.result).model.id;
    },
  },
  {
    name: 'demo set',
    act: async (engine) => (await run(engine, 'generateDemo', { settings: { ...demo, bias: 0.5 } })).id,
  },
  {
    name: 'import',
    async act(engine) {
      const { id, imageSetId } = await run(engine, 'importFiles', createImageFiles(40));
      return { id, imageSetId };
    },
  },
  {
    name: 'keep a round',
    act: async (engine, { roundModelId }) =>
      (await run(engine, 'keepRound', { modelId: roundModelId, name: 'kept' })).id,
  },
  {
    name: 'open the test split',
    async act(engine, { runId }, finished) {
      // A look that is stored is counted even when the job failed after it: then a second one is.
      const { testLooks } = await run(engine, 'openTestSplit', { runId });
      for (const _look of testLooks) finished();
      return withoutIdsAndTimes(testLooks[0]);
    },
    async countFinished(engine, { runId }) {
      return (await run(engine, 'readRun', { runId })).testLooks.length;
    },
  },
  {
    name: 'record import',
    async act(engine, { runId }) {
      const record = await run(engine, 'readRun', { runId });
      const text = JSON.stringify({ ...record, id: 'imported' });
      return withoutIdsAndTimes(await run(engine, 'importRecord', { text }));
    },
  },
  ...(['run', 'run-rounds', 'model', 'dataset'] as const).map(
    (kind): Scenario => ({
      name: `delete a ${kind}`,
      async act(engine, { runId, datasetId, modelId }) {
        const targets = {
          run: { kind: 'run', id: runId },
          'run-rounds': { kind: 'run-rounds', id: runId },
          model: { kind: 'model', id: modelId },
          dataset: { kind: 'dataset', id: datasetId },
        } as const;
        const { datasets, models, runs, stored } = await run(engine, 'deleteStored', targets[kind]);
        const oldRounds = stored.filter(({ target }) => target.kind === 'run-rounds');
        return [datasets.length, models.length, runs.length, oldRounds.length];
      },
    }),
  ),
];
