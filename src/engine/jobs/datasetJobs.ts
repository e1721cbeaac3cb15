import { generateDemo } from '../../dataset/demo/generateDemo';
import { importFiles } from '../../dataset/import/importFiles';
import { inspectFiles } from '../../dataset/import/inspectFiles';
import { storeDataset } from '../../dataset/storeDataset';
import type { JobHandlers } from './jobHandler';

export const datasetJobs: Pick<JobHandlers, 'inspectFiles' | 'importFiles' | 'generateDemo' | 'readThumbnails'> = {
  inspectFiles: ({ files }, { context }) => inspectFiles(files, context),

  importFiles: (params, { workspace: { host }, context }) => importFiles(params, host, context),

  async generateDemo({ settings }, { workspace: { host }, context }) {
    const { fields, pixels } = await generateDemo(settings, context.part('Generating the demo', 0, 1));
    return storeDataset(host.store, fields, pixels);
  },

  readThumbnails: ({ datasetId, indices }, { workspace }) =>
    workspace.withDataset(datasetId, async (dataset) => ({
      imageSize: dataset.manifest.imageSize,
      pixels: dataset.readPixels(indices),
    })),
};
