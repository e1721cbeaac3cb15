import type { FileStore } from './fileStore';
import { sealJson, unsealJson } from './sealedJson';

/** What a journal holds. */
export interface JournalContent {
  /** The entries that are whole, in the order they were written. */
  entries: unknown[];
  /** Lines that are not as they were written: a damaged entry, or the last one of a process that died within. */
  damagedLines: number;
}

const newline = 10;

/**
 * Adds an entry to a journal: one line of sealed JSON. What stands before is never touched. An entry that a process left half
 * written costs itself only: a new entry begins on a line of its own.
 *
 * @throws LabError `quota-exceeded`, `storage-failed`
 */
export async function appendToJournal(store: FileStore, path: string, entry: unknown): Promise<void> {
  await store.append(path, await lineOf(entry));
}

/**
 * Makes a journal of many entries at once: afterwards all of them are there, or what was there before.
 * @throws LabError `quota-exceeded`, `storage-failed`
 */
export async function writeJournal(store: FileStore, path: string, entries: readonly unknown[]): Promise<void> {
  const lines: Uint8Array<ArrayBuffer>[] = [];
  for (const entry of entries) lines.push(await lineOf(entry));
  await store.write(path, new Uint8Array(await new Blob(lines).arrayBuffer()));
}

/** An entry between two newlines, so that it stands alone whatever is before it. */
async function lineOf(entry: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const sealed = await sealJson(entry);
  const line = new Uint8Array(sealed.length + 2).fill(newline);
  line.set(sealed, 1);
  return line;
}

/** Reads a journal; null when there is none. @throws LabError `storage-failed` */
export async function readJournal(store: FileStore, path: string): Promise<JournalContent | null> {
  const bytes = await store.read(path);
  if (!bytes) return null;
  const content: JournalContent = { entries: [], damagedLines: 0 };
  for (const line of linesOf(bytes)) {
    const entry = await unsealJson(line);
    if (entry) content.entries.push(entry.value);
    else content.damagedLines += 1;
  }
  return content;
}

/** The lines that are not empty. */
function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(newline, start);
    const end = found === -1 ? bytes.length : found;
    if (end > start) yield bytes.subarray(start, end);
    start = end + 1;
  }
}
