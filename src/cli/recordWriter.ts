import { formatRunRecord } from '../recipe/parseRunRecord';
import type { RunRecord } from '../recipe/runRecord';
import { scoresCsv } from '../recipe/scoresCsv';
import { writeOutput } from './writeOutput';

/** Writes the states of one run's record, each over the one before, into `run.json` and `scores.csv`. */
export interface RecordWriter {
  /** Queues a record. Its errors wait for {@link settled}. */
  write(record: RunRecord): void;
  /** The record that was given last; null before the first. */
  last(): RunRecord | null;
  /** Resolves when all is written. Rejects when the newest record could not be: an older failure has been made good. */
  settled(): Promise<void>;
}

export function createRecordWriter(folder: string): RecordWriter {
  let last: RunRecord | null = null;
  let writing = Promise.resolve();
  let failure: { error: unknown } | null = null;

  async function writeFiles(record: RunRecord): Promise<void> {
    try {
      await writeOutput(folder, 'run.json', formatRunRecord(record));
      await writeOutput(folder, 'scores.csv', scoresCsv(record));
      failure = null;
    } catch (error) {
      failure = { error };
    }
  }

  return {
    write(record) {
      last = record;
      writing = writing.then(() => writeFiles(record));
    },
    last: () => last,
    async settled() {
      await writing;
      if (failure) throw failure.error;
    },
  };
}
