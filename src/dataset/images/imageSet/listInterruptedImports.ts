import type { FileStore } from '../../../artifacts/fileStore';
import { unlessInUse } from '../../../artifacts/ownership';
import type { ImageSetId } from '../../../foundation/ids';
import { imageSetId } from '../../../foundation/ids';
import { LabError } from '../../../foundation/labError';
import { imageSetBytes } from './imageSet';
import { imageSetPaths, imageSetsFolder } from './imageSetPaths';
import { findImportedFiles } from './importedFiles';
import { parseShardIndex } from './parseImageSet';
import { findImageSet } from './readImageSet';

/** Images that an import had stored when it was cut off. Importing the same files again goes on from there. */
export interface InterruptedImport {
  imageSetId: ImageSetId;
  imageCount: number;
  /** Bytes of the pixels. */
  sizeBytes: number;
}

/**
 * Image sets that no dataset uses: what imports left that were cut off. What holds no whole shard is removed on the way. A
 * set that someone owns, here or in another tab, is being made or deleted: it is passed over.
 *
 * @param used sets that datasets use
 */
export async function listInterruptedImports(
  store: FileStore,
  used: ReadonlySet<string>,
): Promise<InterruptedImport[]> {
  const { ownership } = store;
  const found: InterruptedImport[] = [];
  const ids = (await store.list(imageSetsFolder)).map(imageSetId);
  const belonging = await foldersOfSets(store, ids);
  for (const id of ids) {
    if (used.has(id) || belonging.has(id) || (await ownership.owned()).has(`image-set/${id}`)) continue;
    const left = await unlessInUse(ownership.share(`image-set/${id}`, () => measure(store, id)));
    if (left && left.imageCount > 0) found.push(left);
    else if (left) await unlessInUse(ownership.own(`image-set/${id}`, () => removeEmpty(store, id)));
  }
  return found;
}

/** Folders that hold what belongs to the whole sets: their shards, and which files they are. */
async function foldersOfSets(store: FileStore, ids: readonly ImageSetId[]): Promise<Set<string>> {
  const folders = new Set<string>();
  const whole = new Set<ImageSetId>();
  for (const id of ids) {
    const set = await findImageSet(store, id);
    if (!set) continue;
    whole.add(id);
    if (set.shardFolder !== undefined) folders.add(set.shardFolder);
  }
  for (const id of ids) {
    const files = await findImportedFiles(store, id);
    if (files && whole.has(files.imageSetId) && !whole.has(id)) folders.add(id);
  }
  return folders;
}

async function measure(store: FileStore, id: ImageSetId): Promise<InterruptedImport> {
  const whole = await findImageSet(store, id);
  if (!whole) return measurePart(store, id);
  return { imageSetId: id, imageCount: whole.imageCount, sizeBytes: imageSetBytes(whole) };
}

/** Whoever has had it meanwhile may have stored something. */
async function removeEmpty(store: FileStore, id: ImageSetId): Promise<void> {
  const { imageCount } = await measure(store, id);
  if (imageCount === 0) await store.remove(imageSetPaths(id).folder);
}

async function measurePart(store: FileStore, id: ImageSetId): Promise<InterruptedImport> {
  const paths = imageSetPaths(id);
  let [imageCount, sizeBytes] = [0, 0];
  for (let shard = 0; ; shard++) {
    const bytes = await store.read(paths.index(shard));
    if (!bytes) break;
    try {
      imageCount += parseShardIndex(bytes, paths.index(shard)).names.length;
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      break;
    }
    const pixels = await store.open(paths.pixels(shard), 'read');
    sizeBytes += pixels.sizeBytes;
    pixels.close();
  }
  return { imageSetId: id, imageCount, sizeBytes };
}
