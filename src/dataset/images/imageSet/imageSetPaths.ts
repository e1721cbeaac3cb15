/** Folder that holds one folder per image set. */
export const imageSetsFolder = 'imagesets';

/**
 * What lies in one folder of images. A set has its manifest in the folder named by its id. Its shards lie there too or, of files
 * that were imported, in the folder named by the files' fingerprint: the id is known when all pixels are. The manifest is written
 * last: shards without one are what a cut-off import left.
 *
 * @param name an image set's id, or the short fingerprint of files
 */
export function imageSetPaths(name: string) {
  const folder = `${imageSetsFolder}/${name}`;
  const shard = (index: number) => `${folder}/shard-${String(index).padStart(5, '0')}`;
  return {
    folder,
    manifest: `${folder}/manifest.json`,
    /** In a folder named by a fingerprint: which set the files are. */
    imported: `${folder}/imported.json`,
    pixels: (index: number) => `${shard(index)}.u8`,
    index: (index: number) => `${shard(index)}.json`,
  };
}
