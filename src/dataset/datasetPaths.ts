/** Folder that holds one folder per dataset. */
export const datasetsFolder = 'datasets';

/** Where a dataset lies; its pixels are in its image set. The manifest is written last: without one there is no dataset. */
export function datasetPaths(id: string) {
  const folder = `${datasetsFolder}/${id}`;
  return { folder, manifest: `${folder}/manifest.json` };
}
