import { generateDemo } from '../../dataset/demo/generateDemo';
import { describeRecord } from '../../dataset/mapping/describeRecord';
import { previewMapping } from '../../dataset/mapping/previewMapping';
import { importFiles } from '../../dataset/stored/importFiles';
import { requireManifest } from '../../dataset/stored/openDataset';
import { readDuplicateGroups, remapDataset } from '../../dataset/stored/remapDataset';
import { storeDataset } from '../../dataset/stored/storeDataset';
import { inspectFiles } from '../../dataset/suggest/inspectFiles';
import type { EngineHost } from '../engineHost';
import type { JobHandlers } from './jobHandler';

export const datasetJobs: Pick<
  JobHandlers,
  | 'inspectFiles'
  | 'importFiles'
  | 'previewMapping'
  | 'remapDataset'
  | 'generateDemo'
  | 'readDataset'
  | 'readImageSet'
  | 'readRecord'
  | 'readThumbnails'
> = {
  async inspectFiles({ files }, { workspace, context }) {
    const inspection = await inspectFiles(files, context);
    await workspace.records.rememberFiles(files, inspection);
    return inspection.summary;
  },

  async previewMapping({ source, mapping, split, withSamples }, { workspace }) {
    const records = await workspace.records.recordsOf(source);
    const isStored = source.kind === 'dataset';
    const duplicateGroups = isStored ? await readDuplicateGroups(workspace.host.store, source.datasetId) : [];
    return previewMapping(records, mapping, split, { withSamples, duplicateGroups });
  },

  remapDataset: (params, { workspace: { host } }) => remapDataset(host.store, params),

  async importFiles(params, { workspace: { host, records }, context }) {
    const known = await records.recordsOfFiles(params.files, params.join);
    return importFiles(params, { ...host, freeBytes: () => freeBytes(host) }, context, known);
  },

  async generateDemo({ settings }, { workspace: { host }, context }) {
    const { fields, pixels } = await generateDemo(settings, context.part('Generating the demo', 0, 1));
    return storeDataset(host.store, fields, pixels);
  },

  readDataset: ({ datasetId }, { workspace: { host } }) => requireManifest(host.store, datasetId),

  readImageSet: ({ imageSetId }, { workspace }) => workspace.withImages(imageSetId, async ({ manifest }) => manifest),

  async readRecord({ datasetId, imageIndex }, { workspace }) {
    return describeRecord(await workspace.records.recordsOf({ kind: 'dataset', datasetId }), imageIndex);
  },

  readThumbnails: ({ imageSetId, imageIndices }, { workspace }) =>
    workspace.withImages(imageSetId, async (images) => {
      await images.prepare(imageIndices);
      return { imageSize: images.manifest.imageSize, pixels: images.readPixels(imageIndices) };
    }),
};

async function freeBytes({ storage }: EngineHost): Promise<number | null> {
  const use = await storage?.();
  return use ? use.quotaBytes - use.usedBytes : null;
}
