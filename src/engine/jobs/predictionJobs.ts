import { sortFiles } from '../../dataset/files/sortFiles';
import { splitIndices } from '../../dataset/stored/dataset';
import { hasUsualRole } from '../../fairness/predictions/columnRoles';
import { LabError } from '../../foundation/labError';
import { checkPair } from '../../recipe/checkPair';
import { evaluateModel } from '../../recipe/evaluateModel';
import { predictSplit } from '../../recipe/predictSplit';
import { defaultRunConfig } from '../../recipe/runConfig';
import { predictDataset } from '../../training/predictDataset';
import { predictionsCsv } from '../../training/predictionsCsv';
import { checkMemory } from '../checkMemory';
import { predictionTask } from '../memoryTasks';
import { findGroup, predictFiles } from '../predictFiles';
import type { JobParams, JobResult } from '../protocol/jobMap';
import type { JobHandlers, JobScope } from './jobHandler';

/** Share of an evaluation's time that predicting takes. */
const predictShare = 0.4;

export const predictionJobs: Pick<JobHandlers, 'evaluateModel' | 'predict'> = {
  evaluateModel: ({ datasetId, modelId: id, split }, { workspace, context }) =>
    workspace.withDataset(datasetId, (dataset) =>
      workspace.withModel(id, async (model) => {
        checkPair(model, dataset.manifest, 'measures');
        checkMemory([predictionTask(model)], workspace.host.environment.memory);
        const { statistics, seed } = defaultRunConfig;
        const predictions = await predictSplit(model, { dataset, split }, context.part('', 0, predictShare));
        return evaluateModel(
          { model, dataset, split, predictions, baseline: null, statistics, layer: null, seed },
          context.part('', predictShare, 1),
        );
      }),
    ),

  predict: ({ modelId, source }, scope) =>
    source.kind === 'split' ? predictToCsv(modelId, source, scope) : predictImages(modelId, source, scope),
};

type Source<K extends JobParams<'predict'>['source']['kind']> = Extract<JobParams<'predict'>['source'], { kind: K }>;
type Scope = Pick<JobScope<'predict'>, 'workspace' | 'context'>;

function predictToCsv(
  id: JobParams<'predict'>['modelId'],
  { datasetId, split }: Source<'split'>,
  { workspace, context }: Scope,
): Promise<JobResult<'predict'>> {
  return workspace.withDataset(datasetId, (dataset) =>
    workspace.withModel(id, async (model) => {
      const { classNames, groupNames, samples, sensitiveAttribute } = dataset.manifest;
      checkPair(model, dataset.manifest, 'measures');
      checkMemory([predictionTask(model)], workspace.host.environment.memory);
      const indices = splitIndices(dataset.manifest, split);
      const found = await predictDataset(model, dataset, indices, context);
      const csv = predictionsCsv({
        names: Array.from(indices, (index) => samples.names[index]!),
        classNames,
        logits: found.logits,
        known: {
          labels: Array.from(found.labels, (label) => classNames[label]!),
          groups: Array.from(found.groups, (group) => groupNames[group]!),
          groupColumn: hasUsualRole(sensitiveAttribute) ? 'group' : sensitiveAttribute,
          split,
        },
      });
      return {
        ...csvFile(id, csv),
        imageCount: indices.length,
        accuracy: found.accuracy,
        imageFit: null,
        unreadable: [],
      };
    }),
  );
}

async function predictImages(
  id: JobParams<'predict'>['modelId'],
  { files, group }: Source<'files'>,
  { workspace, context }: Scope,
): Promise<JobResult<'predict'>> {
  const { images } = await sortFiles(files);
  if (images.length === 0) {
    throw new LabError({
      code: 'no-images-found',
      message: `There is no image among the ${files.length} files.`,
      hint: 'Give JPEG, PNG or WebP files, a folder or a zip of them.',
    });
  }
  return workspace.withModel(id, async (model) => {
    const groupNumber = findGroup(model, group);
    checkMemory([predictionTask(model)], workspace.host.environment.memory);
    const { names, logits, imageFit, unreadable } = await predictFiles(
      model,
      images,
      { decode: workspace.host.decodeImage, group: groupNumber },
      context,
    );
    const csv = predictionsCsv({ names, classNames: model.classNames, logits });
    return { ...csvFile(id, csv), imageCount: names.length, accuracy: null, imageFit, unreadable };
  });
}

function csvFile(id: string, csv: string) {
  return {
    fileName: `${id.replaceAll(/[^\w-]+/g, '-')}-predictions.csv`,
    mediaType: 'text/csv',
    bytes: new TextEncoder().encode(csv).buffer,
  };
}
