/** Folder that holds one folder per dataset. */
export const datasetsFolder = 'datasets';

/** What the tables say of each image, beside the manifest; the demo has none. */
export const recordsFileName = 'records.json';

/** Where a dataset lies; its pixels are in its image set. Of these the manifest is written last, and its head after it: without a manifest there is no dataset. */
export function datasetPaths(id: string) {
  const folder = `${datasetsFolder}/${id}`;
  return { folder, manifest: `${folder}/manifest.json`, records: `${folder}/${recordsFileName}` };
}
