/** Folder that holds one folder per image set. */
export const imageSetsFolder = 'imagesets';

/** Where an image set lies. The manifest is written last: a folder without one is what a cut-off import left. */
export function imageSetPaths(id: string) {
  const folder = `${imageSetsFolder}/${id}`;
  const shard = (index: number) => `${folder}/shard-${String(index).padStart(5, '0')}`;
  return {
    folder,
    manifest: `${folder}/manifest.json`,
    pixels: (index: number) => `${shard(index)}.u8`,
    index: (index: number) => `${shard(index)}.json`,
  };
}
