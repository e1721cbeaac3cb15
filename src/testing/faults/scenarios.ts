import type { LabEngine } from '../../engine/labEngine';
import type { JobName, JobParams } from '../../engine/protocol/jobMap';
import { createImageFiles } from './createImageFiles';
import { demo, type FaultBench, runConfig, training } from './faultBench';
import { withoutIdsAndTimes } from './withoutIdsAndTimes';

/** Something that the lab does with its store. */
export interface Scenario {
  name: string;
  /**
   * Does it, or goes on with it as a user would who finds it half done. What it gives is free of ids and times that are drawn
   * anew. `finished` counts what the lab has told as finished: epochs, rounds.
   */
  act(engine: LabEngine, bench: FaultBench, finished: () => void): Promise<unknown>;
  /** How many of what was told as finished are there. */
  countFinished?(engine: LabEngine, bench: FaultBench): Promise<number>;
}

const run = <J extends JobName>(engine: LabEngine, job: J, params: JobParams<J>) => engine.start(job, params).result;
const inventoryOf = (engine: LabEngine) => run(engine, 'listInventory', {});

export const scenarios: readonly Scenario[] = [
  {
    name: 'run',
    async act(engine, { datasetId, modelId, runId }, finished) {
      const left = (await inventoryOf(engine)).runs.find(({ id }) => id !== runId);
      const listener = { partial: () => finished() };
      if (left?.status === 'finished') return withoutIdsAndTimes(left);
      const job = left
        ? engine.start('resumeRun', { runId: left.id }, listener)
        : engine.start('runRecipe', { datasetId, modelId, config: runConfig }, listener);
      return withoutIdsAndTimes(await job.result);
    },
  },
  {
    name: 'training',
    async act(engine, { datasetId, modelId }, finished) {
      const { trainings, models } = await inventoryOf(engine);
      const done = models.find(({ id }) => id !== modelId);
      if (done && trainings.length === 0) return done.id;
      const listener = { partial: finished };
      const [left] = trainings;
      const job = left
        ? engine.start('resumeTraining', { trainingId: left.id }, listener)
        : engine.start('trainModel', training(datasetId, 2), listener);
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
    async act(engine, { runId }) {
      const looked = await run(engine, 'openTestSplit', { runId });
      // A look that is stored is counted even when the job failed after it: then a second one is.
      return withoutIdsAndTimes(looked.testLooks[0]);
    },
  },
  ...(['run', 'model', 'dataset'] as const).map(
    (kind): Scenario => ({
      name: `delete a ${kind}`,
      async act(engine, { runId, datasetId, modelId }) {
        const targets = {
          run: { kind: 'run', id: runId },
          model: { kind: 'model', id: modelId },
          dataset: { kind: 'dataset', id: datasetId },
        } as const;
        const { datasets, models, runs } = await run(engine, 'deleteStored', targets[kind]);
        return [datasets.length, models.length, runs.length];
      },
    }),
  ),
];
