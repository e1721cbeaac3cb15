import { disposeModel } from '../../model/disposeModel';
import { exportModel } from '../../model/exportModel';
import { readModelFiles } from '../../model/readModelFiles';
import { planPruning } from '../../model/surgery/planPruning';
import { evaluateModel } from '../../recipe/evaluateModel';
import { loadRun } from '../../recipe/runArchive';
import { defaultRunConfig } from '../../recipe/runConfig';
import { scoreLayer } from '../../recipe/scoreLayer';
import { scoreSensitivity } from '../../recipe/scoreSensitivity';
import { writeModelCard } from '../../recipe/writeModelCard';
import { checkMemory } from '../checkMemory';
import { predictionTask, scoringTask } from '../memoryTasks';
import type { LabFile } from '../protocol/jobMap';
import type { JobHandlers } from './jobHandler';

const demoBaselineFile = 'baseline.zip';

export const modelJobs: Pick<
  JobHandlers,
  'loadModel' | 'scoreChannels' | 'scoreSensitivity' | 'evaluateModel' | 'planPruning' | 'exportModel'
> = {
  async loadModel({ source }, { workspace }) {
    const files =
      source.kind === 'demo-baseline'
        ? [{ path: demoBaselineFile, bytes: await workspace.host.readDemoFile(demoBaselineFile) }]
        : await readAll(source.files);
    const model = await readModelFiles(files);
    try {
      return await workspace.keepModel(model);
    } finally {
      disposeModel(model);
    }
  },

  scoreChannels: ({ datasetId, modelId: id, layer, options, seed }, { workspace, context }) =>
    workspace.withDataset(datasetId, (dataset) =>
      workspace.withModel(id, async (model) => {
        checkMemory([scoringTask(model, options.batchSize)], workspace.host.environment.memory);
        const config = { score: options, seed };
        return scoreLayer({ model, dataset, layer, config }, context.part('Scoring channels', 0, 1));
      }),
    ),

  scoreSensitivity: ({ datasetId, modelId: id, layer, options, seed, prunedCount }, { workspace, context }) =>
    workspace.withDataset(datasetId, (dataset) =>
      workspace.withModel(id, async (model) => {
        checkMemory([scoringTask(model, options.batchSize)], workspace.host.environment.memory);
        const config = { score: options, seed };
        return scoreSensitivity({ model, dataset, layer, config, prunedCount }, context);
      }),
    ),

  evaluateModel: ({ datasetId, modelId: id, split }, { workspace, context }) =>
    workspace.withDataset(datasetId, (dataset) =>
      workspace.withModel(id, async (model) => {
        checkMemory([predictionTask(model)], workspace.host.environment.memory);
        const { statistics, seed } = defaultRunConfig;
        return evaluateModel({ model, dataset, split, baseline: null, statistics, layer: null, seed }, context);
      }),
    ),

  planPruning: ({ modelId: id, targets, mode }, { workspace }) =>
    workspace.withModel(id, async (model) => planPruning(model, targets, mode)),

  exportModel: ({ modelId: id, runId }, { workspace }) =>
    workspace.withModel(id, async (model) => {
      const record = runId && (await loadRun(workspace.host.store, runId));
      const zip = await exportModel(model, { modelCard: writeModelCard(model, record) });
      return {
        fileName: `${id.replaceAll(/[^\w-]+/g, '-')}.zip`,
        mediaType: 'application/zip',
        bytes: zip.slice().buffer,
      };
    }),
};

function readAll(files: LabFile[]) {
  return Promise.all(files.map(async ({ path, file }) => ({ path, bytes: new Uint8Array(await file.arrayBuffer()) })));
}
