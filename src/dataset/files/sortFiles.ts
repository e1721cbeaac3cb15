import { zipUnreadable } from '../../archives/zipUnreadable';
import { isImageName } from '../../foundation/imageKinds';
import { isForeignTableName } from '../../tables/nameForeignFile';
import { importLimits, smallZipBytes } from './importLimits';
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

const unpackFirst = 'Unpack it and drop the folder instead. If it came from elsewhere, it may be made to do harm.';

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
  const tally = { files: 0 };
  for (const { path, file } of files) {
    await sortFile({ path, sizeBytes: file.size, read: () => Promise.resolve(file) }, 0, sorted, tally);
  }
  return sorted;
}

async function sortFile(
  source: SourceFile,
  zipDepth: number,
  sorted: SortedFiles,
  tally: { files: number },
): Promise<void> {
  const { path } = source;
  tally.files++;
  if (tally.files > importLimits.files) {
    const what = `with it there are more than ${importLimits.files.toLocaleString('en-GB')} files, which is the most that is read`;
    throw zipUnreadable(path, { what, hint: 'Give a part of the files at a time.' });
  }
  if (isToolFile(path)) sorted.ignored.push(path);
  else if (/\.zip$/i.test(path) && zipDepth < maxZipDepth) {
    refuseTightZip(source);
    for (const inner of await listZip(await source.read(), path)) await sortFile(inner, zipDepth + 1, sorted, tally);
  } else if (isImageName(path)) sorted.images.push(source);
  else if (/\.(csv|tsv|tab|psv)$/i.test(path) || isForeignTableName(path)) sorted.tables.push(source);
  else if (/\.npz$/i.test(path)) sorted.arrays.push(source);
  else if (others.test(path)) sorted.ignored.push(path);
  else sorted.texts.push(source);
}

/** A zip holds what is packed already; one that packs much tighter once more holds next to nothing. */
function refuseTightZip({ path, sizeBytes, packedBytes = sizeBytes }: SourceFile): void {
  if (sizeBytes <= smallZipBytes || sizeBytes <= importLimits.zipPacking * packedBytes) return;
  const [size, packed] = [sizeBytes, packedBytes].map((bytes) => bytes.toLocaleString('en-GB'));
  throw zipUnreadable(path, {
    what: `it would unpack to ${size} bytes from ${packed}, and at most ${importLimits.zipPacking} for each are read`,
    hint: unpackFirst,
  });
}
