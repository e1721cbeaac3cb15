import type { FileStore } from '../artifacts/fileStore';
import { filesKey } from '../dataset/files/filesKey';
import type { GivenFile } from '../dataset/files/sourceFile';
import type { FileRecords } from '../dataset/stored/importFiles';
import { readRecords } from '../dataset/stored/remapDataset';
import type { Inspection } from '../dataset/suggest/inspectFiles';
import type { ImageRecords } from '../dataset/tables/imageRecords';
import type { JoinPlan } from '../dataset/tables/joinPlan';
import { recordSteps } from '../dataset/tables/joinTables';
import { LabError } from '../foundation/labError';
import { workAtOnce } from '../foundation/workInSteps';
import type { MappingSource } from './protocol/jobMap';

/** Keeps the records that the user is mapping, so that each change is seen at once and no table is read and joined twice. */
export interface RecordCache {
  /** The files that were inspected last, and what was read of them. */
  rememberFiles(files: readonly GivenFile[], inspection: Inspection): Promise<void>;
  /** @throws LabError `dataset-not-found`, `no-table-found`, `column-missing`, `storage-failed` */
  recordsOf(source: MappingSource): Promise<ImageRecords>;
  /**
   * What was read of files, when they are the very ones that were inspected last; null for any others.
   * @throws LabError `no-table-found`, `column-missing`
   */
  recordsOfFiles(files: readonly GivenFile[], join: JoinPlan): Promise<FileRecords | null>;
}

export function createRecordCache(store: FileStore): RecordCache {
  let inspected: (Inspection['read'] & { key: string }) | null = null;
  let last: { key: string; records: ImageRecords } | null = null;

  async function load(source: MappingSource): Promise<ImageRecords> {
    if (source.kind === 'dataset') return readRecords(store, source.datasetId);
    if (!inspected) throw nothingInspected();
    return workAtOnce(recordSteps(inspected, source.join));
  }

  async function recordsOf(source: MappingSource): Promise<ImageRecords> {
    const key = keyOf(source);
    if (last?.key !== key) last = { key, records: await load(source) };
    return last.records;
  }

  return {
    async rememberFiles(files, { read, joined }) {
      inspected = { ...read, key: await filesKey(files) };
      last = joined && { key: keyOf({ kind: 'inspected', join: joined.join }), records: joined };
    },
    recordsOf,
    async recordsOfFiles(files, join) {
      const { key, images } = inspected ?? {};
      if (!images?.length || key !== (await filesKey(files))) return null;
      return { images, records: await recordsOf({ kind: 'inspected', join }) };
    },
  };
}

function keyOf(source: MappingSource): string {
  return JSON.stringify(source);
}

function nothingInspected(): LabError {
  return new LabError({
    code: 'dataset-not-found',
    message: 'No files are open to be mapped.',
    hint: 'Choose the files again.',
  });
}
