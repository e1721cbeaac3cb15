import { imageFitOf } from '../../dataset/stored/dataset';
import { modelId, trainingId } from '../../foundation/ids';
import { describeMethod } from '../../methods/describeMethod';
import { adaptModel, defaultMethod, finishModel, methods, trainingPlanOf } from '../../methods/methods';
import { buildArchitecture } from '../../model/architectures/buildArchitecture';
import { estimateArchitecture } from '../../model/architectures/estimateArchitecture';
import { disposeModel } from '../../model/disposeModel';
import { identifyModel } from '../../model/identifyModel';
import type { LabModel } from '../../model/labModel';
import { presetScale } from '../../model/preprocessing';
import { releaseSlot } from '../../training/checkpointSlot';
import { trainWithCheckpoints } from '../../training/trainWithCheckpoints';
import { checkMemory } from '../checkMemory';
import { predictionTask, trainingTask } from '../memoryTasks';
import { loadTraining, type TrainingRequest, trainingSlot } from '../trainingArchive';
import { withTeacher } from '../withTeacher';
import type { JobHandlers, JobScope } from './jobHandler';

export const trainingJobs: Pick<JobHandlers, 'listMethods' | 'trainModel' | 'resumeTraining'> = {
  listMethods: async () => methods.list().map(describeMethod),

  trainModel(request, scope) {
    const id = trainingId(crypto.randomUUID().slice(0, 8));
    return scope.workspace.own(`training/${id}`, () => train(id, request, scope));
  },

  resumeTraining: ({ trainingId: id }, scope) =>
    scope.workspace.own(`training/${id}`, async () =>
      train(id, await loadTraining(scope.workspace.host.store, id), scope),
    ),
};

/**
 * Trains a new network, from the checkpoint where there is one, and keeps it as a model. The checkpoint goes after that. The
 * caller owns the training.
 */
function train(
  id: ReturnType<typeof trainingId>,
  request: TrainingRequest,
  { workspace, context, publish }: Pick<JobScope<'trainModel'>, 'workspace' | 'context' | 'publish'>,
) {
  const { datasetId, name, architecture, method = defaultMethod, settings, seed } = request;
  const plan = trainingPlanOf(method);
  return workspace.withDataset(datasetId, async (dataset) => {
    const { classNames, groupNames, imageSize, sensitiveAttribute, splitHashes } = dataset.manifest;
    const imageFit = imageFitOf(dataset.manifest);
    // Before anything is built: the weights alone can be more than there is room for.
    const sized = estimateArchitecture(architecture);
    checkMemory(
      [trainingTask('Training', sized, settings.batchSize), predictionTask(sized)],
      workspace.host.environment.memory,
    );
    let model: LabModel = {
      ...buildArchitecture(architecture, {
        id: modelId('in-training'),
        name,
        classNames,
        preprocessing: { imageSize, ...presetScale('lab', architecture.channels ?? 3), ...(imageFit && { imageFit }) },
      }),
      trainedOn: { datasetId, name: dataset.manifest.name, trainSplitHash: splitHashes.train },
    };
    try {
      model = adaptModel(model, method, { groupNames, attribute: sensitiveAttribute, seed });
      const slot = trainingSlot(workspace.host.store, id, request);
      const outcome = await withTeacher(workspace, method, (teacher) =>
        trainWithCheckpoints({ model, dataset, settings, plan, teacher, seed }, slot, context, publish),
      );
      model = await finishModel({ model, dataset, seed }, method, context);
      const { keptEpoch } = outcome;
      const chosen = request.method && { method: request.method };
      const origin = { kind: 'trained', architecture, ...chosen, settings, seed, keptEpoch } as const;
      const kept = await workspace.keepModel({ ...model, id: await identifyModel(model) }, origin);
      await releaseSlot(slot);
      return { ...outcome, model: kept };
    } finally {
      disposeModel(model);
    }
  });
}
