import type { StorageUse } from './jobMap';

/** Room that is left where things are stored, in bytes; null where nobody says it. */
export function roomLeft(use: StorageUse | null): number | null {
  return use && Math.max(0, use.quotaBytes - use.usedBytes);
}
