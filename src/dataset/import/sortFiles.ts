import { isImageName } from '../../foundation/imageKinds';
import { isForeignTableName } from '../../tables/nameForeignFile';
import { isToolFile } from './isToolFile';
import { listZip } from './listZip';
import type { GivenFile, SourceFile } from './sourceFile';

/** Files by what they are, zips opened. Every file is in exactly one of the lists. */
export interface SortedFiles {
  images: SourceFile[];
  /** Tables by their names, also those of other programs, which are refused by name when they are read. */
  tables: SourceFile[];
  /** Files whose content says whether they are tables. */
  texts: SourceFile[];
  /** NumPy archives. */
  arrays: SourceFile[];
  /** Paths of what is neither, what operating systems and tools leave among it. */
  ignored: string[];
}

/** Files that are surely no tables, by their endings. */
const others =
  /\.(json|md|rst|py|ipynb|r|m|js|ts|css|html?|xml|ya?ml|toml|ini|cfg|log|sh|bat|exe|dll|so|tex|bib|pdf|docx?|pptx?|odt|h5|hdf5|keras|pth|pt|bin|safetensors|onnx|pb|ckpt|npy|mat|mp4|mov|avi|wav|mp3|ttf|woff2?|lnk|url|sha256|md5|zip|tar|gz|7z|rar)$/i;

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
  if (isToolFile(path)) sorted.ignored.push(path);
  else if (/\.zip$/i.test(path) && zipDepth < maxZipDepth) {
    for (const inner of await listZip(await source.read(), path)) await sortFile(inner, zipDepth + 1, sorted);
  } else if (isImageName(path)) sorted.images.push(source);
  else if (/\.(csv|tsv|tab|psv)$/i.test(path) || isForeignTableName(path)) sorted.tables.push(source);
  else if (/\.npz$/i.test(path)) sorted.arrays.push(source);
  else if (others.test(path)) sorted.ignored.push(path);
  else sorted.texts.push(source);
}
