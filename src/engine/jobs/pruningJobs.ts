import { modelId } from '../../foundation/ids';
import { disposeModel } from '../../model/disposeModel';
import { identifyModel } from '../../model/identifyModel';
import { applyPruning } from '../../model/surgery/applyPruning';
import { planPruning } from '../../model/surgery/planPruning';
import { checkPair } from '../../recipe/checkPair';
import { scoreLayer } from '../../recipe/scoreLayer';
import { scoreSensitivity } from '../../recipe/scoreSensitivity';
import { checkMemory } from '../checkMemory';
import { scoringTask } from '../memoryTasks';
import type { JobHandlers } from './jobHandler';

export const pruningJobs: Pick<JobHandlers, 'scoreChannels' | 'scoreSensitivity' | 'planPruning' | 'pruneModel'> = {
  scoreChannels: ({ datasetId, modelId: id, layer, options, seed }, { workspace, context }) =>
    workspace.withDataset(datasetId, (dataset) =>
      workspace.withModel(id, async (model) => {
        checkPair(model, dataset.manifest, 'maps');
        checkMemory([scoringTask(model, options.batchSize)], workspace.host.environment.memory);
        const config = { score: options, seed };
        return scoreLayer({ model, dataset, layer, config }, context.part('Scoring channels', 0, 1));
      }),
    ),

  scoreSensitivity: ({ datasetId, modelId: id, layer, options, seed, prunedCount }, { workspace, context }) =>
    workspace.withDataset(datasetId, (dataset) =>
      workspace.withModel(id, async (model) => {
        checkPair(model, dataset.manifest, 'maps');
        checkMemory([scoringTask(model, options.batchSize)], workspace.host.environment.memory);
        const config = { score: options, seed };
        return scoreSensitivity({ model, dataset, layer, config, prunedCount }, context);
      }),
    ),

  planPruning: ({ modelId: id, targets, mode }, { workspace }) =>
    workspace.withModel(id, async (model) => planPruning(model, targets, mode)),

  pruneModel: ({ modelId: id, targets, mode }, { workspace }) =>
    workspace.withModel(id, async (model) => {
      const plan = planPruning(model, targets, mode);
      const pruned = applyPruning(model, plan, modelId('in-surgery'));
      try {
        const parts = plan.targets.map(({ layer, remove }) => `${layer} −${remove.length}`);
        const named = { ...pruned, name: `${model.name} · ${parts.join(', ')}` };
        return { model: await workspace.keepModel({ ...named, id: await identifyModel(named) }, null), plan };
      } finally {
        disposeModel(pruned);
      }
    }),
};
