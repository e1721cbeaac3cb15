import { statfs } from 'node:fs/promises';
import type { StorageUse } from '../protocol/jobMap';

/** Use of the disk that holds a folder. Room that is reserved for the system's administrator counts as used. */
export async function readDiskUse(folder: string): Promise<StorageUse> {
  const { blocks, bavail, bsize } = await statfs(folder);
  return { usedBytes: (blocks - bavail) * bsize, quotaBytes: blocks * bsize, isPersistent: true };
}
