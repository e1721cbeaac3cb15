import { unlessInUse } from '../../artifacts/ownership';
import { demoBaselineFile } from '../../dataset/demo/demoBaselines';
import type { ModelId } from '../../foundation/ids';
import { copyModel } from '../../model/copyModel';
import { disposeModel } from '../../model/disposeModel';
import { exportModel } from '../../model/exportModel';
import type { NamedBytes } from '../../model/files/packModelFiles';
import { identifyModel } from '../../model/identifyModel';
import type { LabModel, ModelOrigin } from '../../model/labModel';
import { deleteModel } from '../../model/modelStore';
import { type ReadModel, readModelWithFiles } from '../../model/readModelFiles';
import { setModelUse } from '../../model/setModelUse';
import type { BaselineOrigin } from '../../recipe/baselineOrigin';
import { loadRun } from '../../recipe/runArchive';
import { writeModelCard } from '../../recipe/writeModelCard';
import type { EngineHost } from '../engineHost';
import { originOfFiles, readModelOrigin } from '../modelOrigin';
import type { JobParams, LabFile, LoadOptions } from '../protocol/jobMap';
import { makeSamples } from '../samples/makeSamples';
import { verifySamples } from '../samples/verifySamples';
import type { Workspace } from '../workspace';
import type { JobHandlers } from './jobHandler';

export const modelJobs: Pick<JobHandlers, 'loadModel' | 'setModelUse' | 'keepRound' | 'exportModel'> = {
  async loadModel({ source, options = {} }, { workspace }) {
    const files =
      source.kind === 'demo-baseline'
        ? [await readDemoBaseline(source.bias, workspace.host)]
        : await readAll(source.files);
    const { imageSize, answers, knownAs } = options;
    const read = await readModelWithFiles(files, { imageSize, answers });
    try {
      const used = changesUse(options) ? await setModelUse(read.model, options) : read.model;
      const isKnown = knownAs !== undefined && (await identifyModel(used)) === knownAs;
      const named = isKnown ? { ...used, id: knownAs } : used;
      const origin =
        (isKnown ? await readModelOrigin(workspace.host.store, knownAs) : null) ?? (await originOf(source, files));
      return await workspace.keepModel(await proveModel(named, read, options, workspace), origin);
    } finally {
      disposeModel(read.model);
    }
  },

  async setModelUse({ modelId: id, use }, { workspace }) {
    const summary = await workspace.withModel(id, async (model) => {
      const origin = await readModelOrigin(workspace.host.store, id);
      return workspace.keepModel(await setModelUse(model, use), origin);
    });
    if (summary.id !== id && !(await isNeeded(workspace, id))) {
      // Where another tab works with the model as it was, it stays.
      await unlessInUse(workspace.own(`model/${id}`, () => deleteModel(workspace.host.store, id)));
    }
    return summary;
  },

  keepRound: ({ modelId: id, name }, { workspace }) =>
    workspace.withModel(id, async (round) => {
      const copy = copyModel({ ...round, name }, id);
      try {
        const prunedFrom = await startOf(workspace, id);
        const named = {
          ...copy,
          id: await identifyModel(copy),
          ...(round.prunedFrom && prunedFrom && { prunedFrom }),
        };
        return await workspace.keepModel(named, null);
      } finally {
        disposeModel(copy);
      }
    }),

  exportModel: ({ modelId: id, runId, format, roundModelId = id }, { workspace }) =>
    workspace.withModel(id, async (model) => {
      const record = runId && (await loadRun(workspace.host.store, runId));
      const zip = await exportModel(model, {
        format,
        beside: await makeSamples(model, format),
        modelCard: writeModelCard(model, record, { format, roundModelId }),
      });
      const stem = id.replaceAll(/[^\w-]+/g, '-');
      return {
        fileName: format === 'tfjs' ? `${stem}.zip` : `${stem}-${format}.zip`,
        mediaType: 'application/zip',
        bytes: zip.slice().buffer,
      };
    }),
};

/** What a run on the model is to say of where it came from. */
async function originOf(
  source: JobParams<'loadModel'>['source'],
  files: readonly NamedBytes[],
): Promise<BaselineOrigin> {
  return source.kind === 'files' ? originOfFiles(files) : { kind: 'demo-baseline', bias: source.bias };
}

async function readDemoBaseline(bias: number, host: EngineHost) {
  const path = demoBaselineFile(bias);
  return { path, bytes: await host.readDemoFile(path) };
}

/** The model with what the samples beside it prove, if there are any. */
async function proveModel(
  model: LabModel,
  { files, pixelsAreAssumed }: ReadModel,
  { preprocessing }: LoadOptions,
  { host }: Workspace,
): Promise<LabModel> {
  const isOpen = pixelsAreAssumed && preprocessing === undefined;
  const verified = await verifySamples(model, files, host.decodeImage, { pixelsAreAssumed: isOpen });
  if (!verified) return model;
  const report = model.importReport ?? { format: 'the lab’s own model', found: 'Everything is in it.', lines: [] };
  const { imageSize, imageFit } = model.preprocessing;
  const proven: LabModel = {
    ...model,
    preprocessing: { ...verified.scale, imageSize, ...(imageFit && { imageFit }) },
    importReport: { ...report, samples: verified.proof },
  };
  return verified.preset === null ? proven : { ...proven, id: await identifyModel(proven) };
}

function changesUse({ name, preprocessing, imageFit, classNames }: LoadOptions): boolean {
  return [name, preprocessing, imageFit, classNames].some((part) => part !== undefined);
}

/** The model that the run of a round started from: the rounds between are not there once the run is deleted. */
async function startOf(workspace: Workspace, id: ModelId): Promise<ModelOrigin | null> {
  const { runs } = await workspace.listRuns();
  const run = runs.find(({ arms }) => arms.some(({ rounds }) => rounds.some(({ modelId }) => modelId === id)));
  return run ? { id: run.model.id, name: run.model.name } : null;
}

/** Whether a run started from a model, or another model was pruned from it: then it stays as it was. */
async function isNeeded(workspace: Workspace, id: ModelId): Promise<boolean> {
  const { models } = await workspace.listModels();
  if (models.some(({ summary }) => summary.prunedFrom?.id === id)) return true;
  const { runs } = await workspace.listRuns();
  return runs.some(({ model }) => model.id === id);
}

function readAll(files: LabFile[]) {
  return Promise.all(files.map(async ({ path, file }) => ({ path, bytes: new Uint8Array(await file.arrayBuffer()) })));
}
