import type { FileStore } from '../../artifacts/fileStore';
import { createBreather } from '../../foundation/createBreather';
import { fitKey, type ImageFit } from '../../foundation/imageFit';
import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import { sha256Hex } from '../../foundation/sha256Hex';
import type { DecodeImage } from '../decodeImage';
import { createImageSetWriter, type ImageSetWriter } from '../imageSet/createImageSetWriter';
import { deleteImageSet } from '../imageSet/deleteImageSet';
import { type ImageSetManifest, imageBytes, imageSetIdOf, type UnreadableImage } from '../imageSet/imageSet';
import { findImportedFiles, fingerprintFolder } from '../imageSet/importedFiles';
import { findImageSet } from '../imageSet/readImageSet';
import { type FingerprintedImage, fingerprintImages } from './fingerprintImages';
import { mapAhead } from './mapAhead';
import type { SourceFile } from './sourceFile';

/** What importing needs from outside. */
export interface ImportHost {
  store: FileStore;
  decodeImage: DecodeImage;
  /** What `decodeImage` decodes by, with its version: `Chromium 141 ImageBitmap`, `sharp 0.35.1, libvips 8.17`. */
  decoder: string;
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
  /** Removes the images again, unless they were there before. */
  undo(): Promise<void>;
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
/** Bytes of files that are kept from their fingerprint to their decoding; the others are read twice. */
const defaultKeptBytes = 128 * 2 ** 20;

/**
 * Decodes images to squares and keeps them as an image set. The set's id follows from its pixels. The files are known again by
 * their fingerprint (their content, the size, the fit and the decoder; not their names): what was imported before is found
 * without decoding it, and what was begun is taken up. Images lie in the order of their files' SHA-256.
 *
 * Memory stays bounded: a shard of pixels, a few files, decoded pictures of at most {@link maxDecodedBytes}, and the bytes of files
 * that are kept so that they are read once.
 *
 * @throws LabError `image-unreadable` when none can be, or one changes meanwhile; `quota-exceeded`, `storage-failed`, `cancelled`; when cancelled, nothing stays behind
 */
export async function importImages(
  sources: readonly SourceFile[],
  { imageSize, imageFit }: SquareImages,
  host: ImportHost,
  context: JobContext,
  mostKeptBytes = defaultKeptBytes,
): Promise<ImportedImages> {
  const reading = context.part('Reading images', 0, decodingFrom);
  const { images, refused } = await fingerprintImages(sources, reading, mostKeptBytes);
  const reasonOf = new Map(refused.map(({ source, reason }) => [source, reason]));
  images.sort((a, b) => (a.sha256 < b.sha256 ? -1 : a.sha256 > b.sha256 ? 1 : 0));
  const fit = imageFit?.kind === 'squeeze' ? undefined : imageFit;
  const hashes = images.map(({ sha256 }) => sha256);
  const content = [imageSize, hashes, ...(fit ? [fitKey(fit)] : [])];
  const fingerprint = await sha256Hex(JSON.stringify(['files', host.decoder, ...content]));
  const known =
    (await findByFiles(host.store, fingerprint)) ??
    (await findOfVersion1(host.store, await sha256Hex(JSON.stringify(content))));
  const found = known ?? (await decodeAll({ fingerprint, imageSize, imageFit: fit }, images, host, context));
  const { manifest } = found;

  const unreadable = new Map(found.unreadable.map(({ sha256, reason }) => [sha256, reason]));
  const indexOf = new Map<SourceFile, number>();
  for (const { source, sha256 } of images) {
    const reason = unreadable.get(sha256);
    if (reason === undefined) indexOf.set(source, indexOf.size);
    else reasonOf.set(source, reason);
  }
  const undo = () => (found.wasKnown ? Promise.resolve() : deleteImageSet(host.store, manifest.id));
  if (indexOf.size === 0) {
    await undo();
    throw noneReadable(reasonOf);
  }
  const animated = images.filter((image) => image.isAnimated).map(({ source }) => source);
  return { manifest, indexOf, reasonOf, animated, undo };
}

/** A stored set, and which of the files that were given are not in it. */
interface FoundImages {
  manifest: ImageSetManifest;
  unreadable: readonly UnreadableImage[];
  wasKnown: boolean;
}

/** The set of files that were imported before, with this decoder. */
async function findByFiles(store: FileStore, fingerprint: string): Promise<FoundImages | null> {
  const files = await findImportedFiles(store, fingerprintFolder(fingerprint));
  if (files?.fingerprint !== fingerprint) return null;
  const manifest = await findImageSet(store, files.imageSetId);
  return manifest && { manifest, unreadable: files.unreadable, wasKnown: true };
}

/** The same of a set that was stored when ids went by the files. Nothing says which decoder it was then. */
async function findOfVersion1(store: FileStore, contentHash: string): Promise<FoundImages | null> {
  const manifest = await findImageSet(store, imageSetIdOf(contentHash));
  if (manifest?.contentHash !== contentHash) return null;
  return { manifest, unreadable: manifest.unreadable, wasKnown: true };
}

async function decodeAll(
  set: SquareImages & { fingerprint: string },
  images: readonly FingerprintedImage[],
  host: ImportHost,
  context: JobContext,
): Promise<FoundImages> {
  const { store, decoder, freeBytes } = host;
  const writer = await createImageSetWriter(store, { ...set, decoder });
  try {
    const left = images.slice(writer.sourcesDone);
    await requireRoom(left.length * imageBytes(set.imageSize), freeBytes);
    await decodeInto(writer, left, set, host, context.part('Decoding images', decodingFrom, 1));
    const manifest = await writer.finish(createBreather(context).breathe);
    return { manifest, unreadable: writer.unreadable, wasKnown: writer.wasKnown };
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
  image: FingerprintedImage,
  { imageSize, imageFit }: SquareImages,
  decode: DecodeImage,
): Promise<Uint8Array<ArrayBuffer> | string> {
  const { source, sha256, bytes } = image;
  image.bytes = null;
  try {
    const pixels = await decode(bytes ? new Blob([bytes]) : await source.read(), imageSize, imageFit);
    return pixels.length === imageBytes(imageSize) ? pixels : `decoded to ${pixels.length} bytes`;
  } catch (error) {
    if (bytes || (await isUnchanged(source, sha256))) return error instanceof Error ? error.message : String(error);
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
