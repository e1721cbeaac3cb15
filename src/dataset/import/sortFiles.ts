import { readZipEntries } from './readZipEntries';
import type { GivenFile, SourceFile } from './sourceFile';

/** Files by what they are, zips opened. Every file is in exactly one of the lists. */
export interface SortedFiles {
  images: SourceFile[];
  tables: SourceFile[];
  /** Text files, which may be tables of CelebA's kind. */
  texts: SourceFile[];
  /** NumPy archives. */
  arrays: SourceFile[];
  /** Paths of what is neither, what operating systems leave among it. */
  ignored: string[];
}

/** What operating systems leave in folders and archives. */
const leftovers = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;

/** Archives in archives are opened this far down: some repositories pack what they serve once more. */
const maxZipDepth = 2;

/**
 * Sorts what the user gave by file name.
 * @throws LabError `zip-unreadable`
 */
export async function sortFiles(files: readonly GivenFile[]): Promise<SortedFiles> {
  const sorted: SortedFiles = { images: [], tables: [], texts: [], arrays: [], ignored: [] };
  for (const { path, file } of files) {
    await sortFile({ path, sizeBytes: file.size, read: () => Promise.resolve(file) }, 0, sorted);
  }
  return sorted;
}

async function sortFile(source: SourceFile, zipDepth: number, sorted: SortedFiles): Promise<void> {
  const { path } = source;
  if (leftovers.test(path)) sorted.ignored.push(path);
  else if (/\.zip$/i.test(path) && zipDepth < maxZipDepth) {
    for (const inner of await readZipEntries(await source.read(), path)) await sortFile(inner, zipDepth + 1, sorted);
  } else if (/\.(jpe?g|png|webp)$/i.test(path)) sorted.images.push(source);
  else if (/\.(csv|tsv)$/i.test(path)) sorted.tables.push(source);
  else if (/\.txt$/i.test(path)) sorted.texts.push(source);
  else if (/\.npz$/i.test(path)) sorted.arrays.push(source);
  else sorted.ignored.push(path);
}
