/** Folder that holds one folder per dataset. */
export const datasetsFolder = 'datasets';

/** Where a dataset lies. The manifest is written last: a folder without one is what a cut-off import left. */
export function datasetPaths(id: string) {
  const folder = `${datasetsFolder}/${id}`;
  return { folder, manifest: `${folder}/manifest.json`, images: `${folder}/images.u8` };
}
