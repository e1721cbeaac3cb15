import { isImageName } from '../../foundation/imageKinds';
import { sha256Hex } from '../../foundation/sha256Hex';
import type { GivenFile } from './sourceFile';

/** Read of the beginning and of the end of a table or an archive; the end of a zip lists the checksums of its files. */
const sampledBytes = 2 ** 20;

/**
 * Says whether files are the very same that were given before: by path, size and time of change, and what holds tables also by
 * its content, of large files by their beginning and end.
 */
export async function filesKey(files: readonly GivenFile[]): Promise<string> {
  const keys = await Promise.all(
    files.map(async ({ path, file }) => {
      const changedAt = 'lastModified' in file ? file.lastModified : null;
      return [path, file.size, changedAt, isImageName(path) ? null : await sampleHash(file)];
    }),
  );
  return sha256Hex(JSON.stringify(keys));
}

async function sampleHash(file: Blob): Promise<string> {
  const isSmall = file.size <= 2 * sampledBytes;
  const parts = isSmall ? [file] : [file.slice(0, sampledBytes), file.slice(file.size - sampledBytes)];
  return sha256Hex(new Uint8Array(await new Blob(parts).arrayBuffer()));
}
