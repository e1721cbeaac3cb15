import type { JobContext } from '../../foundation/jobContext';
import { sha256Hex } from '../sha256Hex';
import { mapParallel } from './mapParallel';
import type { SourceFile } from './sourceFile';

const atATime = 8;
const imagesPerBreath = 64;

/**
 * SHA-256 over the bytes of each image, so that files that were imported before are recognised before they are decoded.
 * What cannot be read gets its path instead.
 */
export async function fingerprintImages(images: readonly SourceFile[], context: JobContext): Promise<string[]> {
  const fingerprints: string[] = [];
  for (let start = 0; start < images.length; start += imagesPerBreath) {
    await context.breathe();
    const batch = images.slice(start, start + imagesPerBreath);
    fingerprints.push(...(await mapParallel(batch, atATime, fingerprint)));
    context.report(fingerprints.length, images.length, 'images');
  }
  return fingerprints;
}

async function fingerprint(image: SourceFile): Promise<string> {
  try {
    return await sha256Hex(new Uint8Array(await (await image.read()).arrayBuffer()));
  } catch {
    // The import goes on to decode it, fails there, and names it with the reason.
    return image.path;
  }
}
