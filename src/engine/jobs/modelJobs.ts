import { modelId } from '../../foundation/ids';
import { vanilla } from '../../methods/vanilla';
import { buildArchitecture } from '../../model/architectures/buildArchitecture';
import { disposeModel } from '../../model/disposeModel';
import { exportModel } from '../../model/exportModel';
import { identifyModel } from '../../model/identifyModel';
import { readModelFiles } from '../../model/readModelFiles';
import { planPruning } from '../../model/surgery/planPruning';
import { evaluateModel } from '../../recipe/evaluateModel';
import { loadRun } from '../../recipe/runArchive';
import { defaultRunConfig } from '../../recipe/runConfig';
import { scoreLayer } from '../../recipe/scoreLayer';
import { writeModelCard } from '../../recipe/writeModelCard';
import { trainModel } from '../../training/trainModel';
import type { LabFile } from '../protocol/jobMap';
import type { JobHandlers } from './jobHandler';

/** Pixels of a dataset are shifted and scaled to about −1 … 1, as a new network likes them. */
const freshPreprocessing = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] } as const;

const demoBaselineFile = 'baseline.zip';

export const modelJobs: Pick<
  JobHandlers,
  'loadModel' | 'trainModel' | 'scoreChannels' | 'evaluateModel' | 'planPruning' | 'exportModel'
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

  trainModel: ({ datasetId, name, architecture, settings, seed }, { workspace, context, publish }) =>
    workspace.withDataset(datasetId, async (dataset) => {
      const { classNames, imageSize } = dataset.manifest;
      const model = buildArchitecture(architecture, {
        id: modelId('in-training'),
        name,
        classNames,
        preprocessing: { imageSize, mean: [...freshPreprocessing.mean], std: [...freshPreprocessing.std] },
      });
      try {
        const { history } = await trainModel({ model, dataset, settings, loss: vanilla.loss, seed }, context, {
          epoch: publish,
        });
        return { model: await workspace.keepModel({ ...model, id: await identifyModel(model) }), history };
      } finally {
        disposeModel(model);
      }
    }),

  scoreChannels: ({ datasetId, modelId: id, layer, options, seed }, { workspace, context }) =>
    workspace.withDataset(datasetId, (dataset) =>
      workspace.withModel(id, (model) =>
        scoreLayer({ model, dataset, layer, config: { score: options, seed } }, context.part('Scoring channels', 0, 1)),
      ),
    ),

  evaluateModel: ({ datasetId, modelId: id, split }, { workspace, context }) =>
    workspace.withDataset(datasetId, (dataset) =>
      workspace.withModel(id, (model) =>
        evaluateModel(
          {
            model,
            dataset,
            split,
            baseline: null,
            statistics: defaultRunConfig.statistics,
            seed: defaultRunConfig.seed,
          },
          context,
        ),
      ),
    ),

  planPruning: ({ modelId: id, layer, remove }, { workspace }) =>
    workspace.withModel(id, async (model) => planPruning(model, layer, remove)),

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
