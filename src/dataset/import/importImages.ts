import type { FileStore } from '../../artifacts/fileStore';
import { fitKey, type ImageFit } from '../../foundation/imageFit';
import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import { sha256Hex } from '../../foundation/sha256Hex';
import type { DecodeImage } from '../decodeImage';
import { createImageSetWriter, type ImageSetWriter } from '../imageSet/createImageSetWriter';
import { type ImageSetManifest, imageBytes } from '../imageSet/imageSet';
import { withImageSet } from '../imageSet/withImageSet';
import { imageSetIdOf } from '../storeDataset';
import { createBreather } from './createBreather';
import { type FingerprintedImage, fingerprintImages } from './fingerprintImages';
import { mapAhead } from './mapAhead';
import type { SourceFile } from './sourceFile';

/** What importing needs from outside. */
export interface ImportHost {
  store: FileStore;
  decodeImage: DecodeImage;
  /** Bytes that the browser still lets the lab store; null when it does not say. */
  freeBytes?(): Promise<number | null>;
}

/** Images that are stored, and what became of every file that was given. */
export interface ImportedImages {
  manifest: ImageSetManifest;
  /** Position in the image set of each file that could be read. */
  indexOf: ReadonlyMap<SourceFile, number>;
  /** Why each other file could not. */
  reasonOf: ReadonlyMap<SourceFile, string>;
  /** Files of several pictures, of which the first is used. */
  animated: readonly SourceFile[];
}

/** How large the squares are, and how images of other shapes become them; squeezed when left out. */
export interface SquareImages {
  imageSize: number;
  imageFit?: ImageFit;
}

/** Share of the progress at which reading ends and decoding begins. */
const decodingFrom = 0.15;
const atATime = 8;
/** Decoded pictures under way, four bytes a pixel. One that is larger is decoded alone. */
const maxDecodedBytes = 256 * 2 ** 20;
const bytesPerPixel = 4;

/**
 * Decodes images to squares and keeps them as an image set. The set's id follows from the files' content, size and fit, not
 * from their names: what was imported before is found again, and what was begun is taken up.
 *
 * Memory stays bounded: a shard of pixels, a few files, and decoded pictures of at most {@link maxDecodedBytes}.
 *
 * @param work what the images are for. Images that were made for work that fails are removed again
 * @throws LabError `image-unreadable` when none can be, or one changes meanwhile; `in-use` when another tab or process imports the same; `quota-exceeded`, `storage-failed`, `cancelled`; when cancelled, nothing stays behind
 */
export async function importImages<T>(
  sources: readonly SourceFile[],
  { imageSize, imageFit }: SquareImages,
  host: ImportHost,
  context: JobContext,
  work: (imported: ImportedImages) => Promise<T>,
): Promise<T> {
  const reading = context.part('Reading images', 0, decodingFrom);
  const { images, refused } = await fingerprintImages(sources, reading);
  const reasonOf = new Map(refused.map(({ source, reason }) => [source, reason]));
  images.sort((a, b) => (a.sha256 < b.sha256 ? -1 : a.sha256 > b.sha256 ? 1 : 0));
  // What is squeezed has the hash that it had before there were other ways, and is found again.
  const fit = imageFit?.kind === 'squeeze' ? undefined : imageFit;
  const contentHash = await sha256Hex(
    JSON.stringify([imageSize, images.map(({ sha256 }) => sha256), ...(fit ? [fitKey(fit)] : [])]),
  );
  const id = imageSetIdOf(contentHash);

  const animated = images.filter((image) => image.isAnimated).map(({ source }) => source);
  const make = () => decodeAll({ id, contentHash, imageSize, imageFit: fit }, images, host, context);
  return withImageSet(host.store, id, make, async (manifest) => {
    const unreadable = new Map(manifest.unreadable.map(({ sha256, reason }) => [sha256, reason]));
    const indexOf = new Map<SourceFile, number>();
    for (const { source, sha256 } of images) {
      const reason = unreadable.get(sha256);
      if (reason === undefined) indexOf.set(source, indexOf.size);
      else reasonOf.set(source, reason);
    }
    if (indexOf.size === 0) throw noneReadable(reasonOf);
    return work({ manifest, indexOf, reasonOf, animated });
  });
}

async function decodeAll(
  set: Parameters<typeof createImageSetWriter>[1],
  images: readonly FingerprintedImage[],
  host: ImportHost,
  context: JobContext,
): Promise<ImageSetManifest> {
  const { store, freeBytes } = host;
  const writer = await createImageSetWriter(store, set);
  try {
    const left = images.slice(writer.sourcesDone);
    await requireRoom(left.length * imageBytes(set.imageSize), freeBytes);
    await decodeInto(writer, left, set, host, context.part('Decoding images', decodingFrom, 1));
    return await writer.finish(createBreather(context).breathe);
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** Decodes what is left, a little ahead of the writing, and in order. */
async function decodeInto(
  writer: ImageSetWriter,
  images: readonly FingerprintedImage[],
  square: SquareImages,
  { decodeImage }: ImportHost,
  context: JobContext,
): Promise<void> {
  const breather = createBreather(context);
  const total = writer.sourcesDone + images.length;
  let done = writer.sourcesDone;
  const results = mapAhead(
    images,
    { limit: atATime, maxCost: maxDecodedBytes, cost: ({ pixelCount }) => pixelCount * bytesPerPixel },
    async (image) => ({ image, decoded: await decodeOne(image, square, decodeImage) }),
  );
  for await (const { image, decoded } of results) {
    const name = image.source.path;
    if (typeof decoded === 'string') writer.skip({ name, sha256: image.sha256, reason: decoded });
    else await writer.append(name, decoded);
    done++;
    await breather.breathe();
    context.report(done, total, 'images');
  }
}

/**
 * Pixels, or the reason why there are none.
 * @throws LabError `image-unreadable` when the file has been moved or changed since it was fingerprinted: what is stored
 * goes by its fingerprint, so that a drive that is unplugged must not count as a damaged file for ever
 */
async function decodeOne(
  { source, sha256 }: FingerprintedImage,
  { imageSize, imageFit }: SquareImages,
  decode: DecodeImage,
): Promise<Uint8Array<ArrayBuffer> | string> {
  try {
    const pixels = await decode(await source.read(), imageSize, imageFit);
    return pixels.length === imageBytes(imageSize) ? pixels : `decoded to ${pixels.length} bytes`;
  } catch (error) {
    if (await isUnchanged(source, sha256)) return error instanceof Error ? error.message : String(error);
    throw new LabError({
      code: 'image-unreadable',
      message: `${source.path} was moved or changed while it was imported.`,
      hint: 'Leave the files as they are and import them again.',
      details: { file: source.path },
      cause: error,
    });
  }
}

async function isUnchanged(source: SourceFile, sha256: string): Promise<boolean> {
  try {
    return (await sha256Hex(new Uint8Array(await (await source.read()).arrayBuffer()))) === sha256;
  } catch {
    return false;
  }
}

function noneReadable(reasonOf: ReadonlyMap<SourceFile, string>): LabError {
  const [first] = reasonOf;
  return new LabError({
    code: 'image-unreadable',
    message: `None of the ${reasonOf.size} images could be read. The first: ${first?.[0].path}: ${first?.[1]}`,
    hint: 'Check that the files open in an image viewer. JPEG, PNG and WebP can be read.',
    details: { count: reasonOf.size },
  });
}

async function requireRoom(bytesNeeded: number, freeBytes: ImportHost['freeBytes']): Promise<void> {
  const free = (await freeBytes?.()) ?? null;
  if (free === null || bytesNeeded <= free) return;
  const mebibytes = (bytes: number) => Math.ceil(bytes / 2 ** 20).toLocaleString('en-GB');
  throw new LabError({
    code: 'quota-exceeded',
    message: `The images need ${mebibytes(bytesNeeded)} MiB, but the browser lets the lab store only ${mebibytes(free)} MiB more.`,
    hint: 'Delete datasets that you no longer need, free disk space, or import at a smaller image size.',
    details: { needed: bytesNeeded, free },
  });
}
