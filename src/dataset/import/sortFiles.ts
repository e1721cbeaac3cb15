import { readZipEntries } from './readZipEntries';
import type { GivenFile, SourceFile } from './sourceFile';

/** Files by what they are, zips opened. */
export interface SortedFiles {
  images: SourceFile[];
  tables: SourceFile[];
  /** Text files, which may be tables of CelebA's kind. */
  texts: SourceFile[];
  /** NumPy archives. */
  arrays: SourceFile[];
  /** Paths of what is neither. */
  ignored: string[];
}

/** What operating systems leave in folders and archives. */
const leftovers = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Sorts what the user gave by file name.
 * @throws LabError `zip-unreadable`
 */
export async function sortFiles(files: readonly GivenFile[]): Promise<SortedFiles> {
  const sorted: SortedFiles = { images: [], tables: [], texts: [], arrays: [], ignored: [] };
  for (const { path, file } of files) {
    const sources = /\.zip$/i.test(path)
      ? await readZipEntries(file, path)
      : [{ path, read: () => Promise.resolve(file) }];
    for (const source of sources) {
      if (leftovers.test(source.path)) continue;
      if (/\.(jpe?g|png|webp)$/i.test(source.path)) sorted.images.push(source);
      else if (/\.(csv|tsv)$/i.test(source.path)) sorted.tables.push(source);
      else if (/\.txt$/i.test(source.path)) sorted.texts.push(source);
      else if (/\.npz$/i.test(source.path)) sorted.arrays.push(source);
      else sorted.ignored.push(source.path);
    }
  }
  return sorted;
}
