import type { FileStore } from '../artifacts/fileStore';
import type { ImageRecords } from '../dataset/mapping/imageRecords';
import { readRecords } from '../dataset/remapDataset';
import { joinTables } from '../dataset/tables/joinTables';
import type { ReadTables } from '../dataset/tables/readTables';
import { LabError } from '../foundation/labError';
import type { MappingSource } from './protocol/jobMap';

/** Keeps the records that the user is mapping, so that each change is seen at once and no table is read twice. */
export interface RecordCache {
  /** The tables and images of the files that were inspected last. */
  rememberFiles(read: ReadTables): void;
  /** @throws LabError `dataset-not-found`, `no-table-found`, `column-missing`, `storage-failed` */
  recordsOf(source: MappingSource): Promise<ImageRecords>;
}

export function createRecordCache(store: FileStore): RecordCache {
  let inspected: ReadTables | null = null;
  let last: { key: string; records: ImageRecords } | null = null;

  async function load(source: MappingSource): Promise<ImageRecords> {
    if (source.kind === 'dataset') return readRecords(store, source.datasetId);
    if (!inspected) throw nothingInspected();
    const joined = joinTables(inspected.tables, source.join, inspected.images);
    return { ...joined, findings: [...inspected.findings, ...joined.findings] };
  }

  return {
    rememberFiles(read) {
      inspected = read;
      last = null;
    },
    async recordsOf(source) {
      const key = JSON.stringify(source);
      if (last?.key !== key) last = { key, records: await load(source) };
      return last.records;
    },
  };
}

function nothingInspected(): LabError {
  return new LabError({
    code: 'dataset-not-found',
    message: 'No files are open to be mapped.',
    hint: 'Choose the files again.',
  });
}
