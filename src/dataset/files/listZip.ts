import { openZip, type ZipLimits } from '../../archives/openZip';
import type { SourceFile } from './sourceFile';

/** No image and no table of a dataset is near 2 GiB; the largest sets have some hundred thousand images. */
const limits: ZipLimits = { files: 1_000_000, fileBytes: 2 * 2 ** 30, totalBytes: 2 ** 40 };
/** Files from this size on are unpacked into blobs, which a browser may keep on disk. */
const blobBytes = 16 * 2 ** 20;

/**
 * Lists the files in a zip, each to be unpacked when it is read, so that an archive of any size needs the memory of one file
 * at a time. Names that would lead out of a folder (`../`, `C:\\`) are cut to what lies inside: nothing is ever written
 * under them.
 *
 * @throws LabError `zip-unreadable`, here and from `read`
 */
export async function listZip(zip: Blob, path: string): Promise<SourceFile[]> {
  const files = await openZip(zip, path, limits);
  return files.map((file) => ({
    path: `${path}/${innerPath(file.name)}`,
    sizeBytes: file.bytes,
    packedBytes: file.packedBytes,
    read: async () => (file.bytes < blobBytes ? new Blob([await file.read()]) : file.readBlob()),
  }));
}

/** The name without drive, leading slashes, and steps to the same or the upper folder. */
function innerPath(name: string): string {
  const parts = name
    .replaceAll('\\', '/')
    .replace(/^[a-z]:/i, '')
    .split('/');
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/');
}
