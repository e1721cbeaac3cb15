import type { RunRecord } from './runRecord';

/** A record as it is kept when it was read from a file at a time: not computed here, whatever the file says of itself. */
export function markImported(record: RunRecord, at: string): RunRecord {
  return { ...record, origin: { kind: 'imported', at } };
}
