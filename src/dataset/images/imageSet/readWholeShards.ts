import type { FileStore } from '../../../artifacts/fileStore';
import { LabError } from '../../../foundation/labError';
import { sha256Hex } from '../../../foundation/sha256Hex';
import type { ShardIndex, ShardSummary } from './imageSet';
import { imageSetPaths } from './imageSetPaths';
import { parseShardIndex } from './parseImageSet';

/**
 * The shards that a cut-off writer left whole, from the first on: with an index, and with the pixels that it speaks of.
 * What comes after is written anew.
 */
export async function readWholeShards(
  store: FileStore,
  id: string,
  bytesEach: number,
): Promise<{ shards: ShardSummary[]; indexes: ShardIndex[] }> {
  const paths = imageSetPaths(id);
  const shards: ShardSummary[] = [];
  const indexes: ShardIndex[] = [];
  for (;;) {
    const bytes = await store.read(paths.index(shards.length));
    const index = bytes && readOrNull(bytes, paths.index(shards.length));
    if (!index) break;
    const pixels = await store.read(paths.pixels(shards.length));
    const isWhole =
      pixels?.length === index.names.length * bytesEach && (await sha256Hex(pixels)) === index.pixelsSha256;
    if (!isWhole) break;
    shards.push({
      imageCount: index.names.length,
      pixelsSha256: index.pixelsSha256,
      indexSha256: await sha256Hex(bytes),
    });
    indexes.push(index);
  }
  return { shards, indexes };
}

function readOrNull(bytes: Uint8Array<ArrayBuffer>, path: string): ShardIndex | null {
  try {
    return parseShardIndex(bytes, path);
  } catch (error) {
    if (error instanceof LabError && error.code === 'storage-failed') return null;
    throw error;
  }
}
