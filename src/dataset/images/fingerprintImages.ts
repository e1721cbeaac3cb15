import { createBreather } from '../../foundation/createBreather';
import type { JobContext } from '../../foundation/jobContext';
import { sha256Hex } from '../../foundation/sha256Hex';
import type { SourceFile } from '../files/sourceFile';
import { countImagePixels, maxImageFileBytes } from './countImagePixels';
import { isAnimated } from './isAnimated';
import { mapAhead } from './mapAhead';

/** An image file that is worth decoding. */
export interface FingerprintedImage {
  source: SourceFile;
  /** Of the file's bytes. */
  sha256: string;
  /** 0 when its header does not tell. */
  pixelCount: number;
  /** Whether only the first of its pictures is used. */
  isAnimated: boolean;
  /** The file's bytes, so that it is not read again to be decoded; null where they were too many to be kept. */
  bytes: Uint8Array<ArrayBuffer> | null;
}

export interface Fingerprints {
  images: FingerprintedImage[];
  /** What is no image, or cannot be read at all, with the reason. */
  refused: { source: SourceFile; reason: string }[];
}

const atATime = 8;
const maxBytesAtOnce = 64 * 2 ** 20;

/**
 * Reads each image file once without decoding it: its SHA-256, by which files that were imported before are recognised, and
 * its size in pixels. What turns out to be no image is set aside with the reason.
 *
 * @param mostKeptBytes of the files' bytes that are kept for decoding
 */
export async function fingerprintImages(
  sources: readonly SourceFile[],
  context: JobContext,
  mostKeptBytes: number,
): Promise<Fingerprints> {
  let keptBytes = 0;
  const images: FingerprintedImage[] = [];
  const refused: Fingerprints['refused'] = [];
  const breather = createBreather(context);
  const results = mapAhead(
    sources,
    { limit: atATime, maxCost: maxBytesAtOnce, cost: ({ sizeBytes }) => sizeBytes },
    fingerprint,
  );
  for await (const result of results) {
    if ('reason' in result) refused.push(result);
    else {
      const isKept = keptBytes + result.bytes.length <= mostKeptBytes;
      if (isKept) keptBytes += result.bytes.length;
      images.push(isKept ? result : { ...result, bytes: null });
    }
    await breather.breathe();
    context.report(images.length + refused.length, sources.length, 'images');
  }
  return { images, refused };
}

async function fingerprint(
  source: SourceFile,
): Promise<(FingerprintedImage & { bytes: Uint8Array }) | Fingerprints['refused'][number]> {
  try {
    if (source.sizeBytes > maxImageFileBytes) throw new Error('the file is larger than 512 MiB');
    const bytes = new Uint8Array(await (await source.read()).arrayBuffer());
    const pixelCount = countImagePixels(bytes);
    return { source, sha256: await sha256Hex(bytes), pixelCount, isAnimated: isAnimated(bytes), bytes };
  } catch (error) {
    return { source, reason: error instanceof Error ? error.message : String(error) };
  }
}
