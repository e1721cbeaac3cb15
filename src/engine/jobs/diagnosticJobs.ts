import { splitIndices } from '../../dataset/dataset';
import { analysePredictions } from '../../fairness/analysePredictions';
import { defaultProbeSettings, probeAttribute } from '../../fairness/probe/probeAttribute';
import { measureRankSensitivity } from '../../recipe/measureRankSensitivity';
import { poolFeatures } from '../../recipe/poolFeatures';
import { checkMemory } from '../checkMemory';
import { predictionTask, scoringTask } from '../memoryTasks';
import type { JobHandlers } from './jobHandler';

/** Jobs that look at models and predictions and change nothing. */
export const diagnosticJobs: Pick<JobHandlers, 'analysePredictions' | 'probeAttribute' | 'measureRankSensitivity'> = {
  analysePredictions: ({ input, settings }, { context }) => analysePredictions(input, settings, context),

  probeAttribute: ({ datasetId, modelId, layer, split, seed }, { workspace, context }) =>
    workspace.withDataset(datasetId, (dataset) =>
      workspace.withModel(modelId, async (model) => {
        checkMemory([predictionTask(model)], workspace.host.environment.memory);
        const indices = splitIndices(dataset.manifest, split);
        const target = { model, dataset, layer, indices };
        const features = await poolFeatures(target, context.part('Reading features', 0, 0.7));
        const { groups, clusters } = dataset.manifest.samples;
        const input = {
          features,
          groups: Array.from(indices, (index) => groups[index]!),
          groupCount: dataset.manifest.groupNames.length,
          clusters: clusters && Array.from(indices, (index) => clusters[index]!),
        };
        return probeAttribute(input, { ...defaultProbeSettings, seed }, context.part('Fitting the probe', 0.7, 1));
      }),
    ),

  measureRankSensitivity: ({ datasetId, modelId, ...request }, { workspace, context }) =>
    workspace.withDataset(datasetId, (dataset) =>
      workspace.withModel(modelId, async (model) => {
        const largestBatch = Math.max(request.options.batchSize, ...request.batchSizes);
        checkMemory([scoringTask(model, largestBatch)], workspace.host.environment.memory);
        return measureRankSensitivity({ ...request, model, dataset }, context);
      }),
    ),
};
