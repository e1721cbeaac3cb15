import type { RunRecord } from '../../recipe/runRecord';
import { downloadFile } from './downloadFile';

/** What the files of a run are called, without their ending. */
export function runFileStem(record: RunRecord): string {
  return `snnl-fair-${record.id}`;
}

/** Hands a run's record to the browser's downloads. */
export function saveRunRecord(record: RunRecord): void {
  downloadFile(`${runFileStem(record)}.json`, JSON.stringify(record, null, 2), 'application/json');
}
