import type { FileStore } from '../../artifacts/fileStore';
import { createBreather } from '../../foundation/createBreather';
import type { ImageSetId } from '../../foundation/ids';
import { fitKey, type ImageFit } from '../../foundation/imageFit';
import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import { sha256Hex } from '../../foundation/sha256Hex';
import type { SourceFile } from '../files/sourceFile';
import type { DecodeImage } from './decodeImage';
import { type FingerprintedImage, type Fingerprints, fingerprintImages } from './fingerprintImages';
import { createImageSetWriter, type ImageSetWriter } from './imageSet/createImageSetWriter';
import {
  type ImageSetManifest,
  imageBytes,
  imageSetIdOf,
  shardFolderOf,
  type UnreadableImage,
} from './imageSet/imageSet';
import { findImportedFiles, fingerprintFolder, noteImportedFiles } from './imageSet/importedFiles';
import { findImageSet } from './imageSet/readImageSet';
import { withImageSet, withStoredImageSet } from './imageSet/withImageSet';
import { mapAhead } from './mapAhead';

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
 * @param work what the images are for. Images that were made for work that fails are removed again
 * @throws LabError `image-unreadable` when none can be, or one changes meanwhile; `in-use` when another tab or process imports the same; `quota-exceeded`, `storage-failed`, `cancelled`; when cancelled, nothing stays behind
 */
export async function importImages<T>(
  sources: readonly SourceFile[],
  { imageSize, imageFit }: SquareImages,
  host: ImportHost,
  context: JobContext,
  work: (imported: ImportedImages) => Promise<T>,
  mostKeptBytes = defaultKeptBytes,
): Promise<T> {
  const { store } = host;
  const reading = context.part('Reading images', 0, decodingFrom);
  const { images, refused } = await fingerprintImages(sources, reading, mostKeptBytes);
  images.sort((a, b) => (a.sha256 < b.sha256 ? -1 : a.sha256 > b.sha256 ? 1 : 0));
  const fit = imageFit?.kind === 'squeeze' ? undefined : imageFit;
  const hashes = images.map(({ sha256 }) => sha256);
  const content = [imageSize, hashes, ...(fit ? [fitKey(fit)] : [])];
  const fingerprint = await sha256Hex(JSON.stringify(['files', host.decoder, ...content]));
  const version1Hash = await sha256Hex(JSON.stringify(content));

  const use = (manifest: ImageSetManifest, unreadable: readonly UnreadableImage[]) =>
    work(placeImages(manifest, unreadable, images, refused));
  const workWithKnown = async () => {
    const known = (await findByFiles(store, fingerprint)) ?? (await findOfVersion1(store, version1Hash));
    return known && withStoredImageSet(store, known.id, (manifest) => use(manifest, known.unreadable));
  };
  const known = await workWithKnown();
  if (known) return known.result;
  const folder = fingerprintFolder(fingerprint);
  return store.ownership.own(`image-set/${folder}`, async () => {
    const knownNow = await workWithKnown();
    if (knownNow) return knownNow.result;
    const { writer, id } = await decodeAll({ fingerprint, imageSize, imageFit: fit }, images, host, context);
    const make = () => orAbort(writer, () => writer.finish(createBreather(context).breathe));
    return withImageSet(store, id, make, async (manifest) => {
      // The same pixels may be stored already, as they came from another decoder.
      if (shardFolderOf(manifest) !== folder) await writer.abort();
      await noteImportedFiles(store, { fingerprint, imageSetId: id, unreadable: [...writer.unreadable] });
      return use(manifest, writer.unreadable);
    });
  });
}

/** What became of every file. @throws LabError `image-unreadable` when none is in the set */
function placeImages(
  manifest: ImageSetManifest,
  notInSet: readonly UnreadableImage[],
  images: readonly FingerprintedImage[],
  refused: Fingerprints['refused'],
): ImportedImages {
  const reasonOf = new Map(refused.map(({ source, reason }) => [source, reason]));
  const unreadable = new Map(notInSet.map(({ sha256, reason }) => [sha256, reason]));
  const indexOf = new Map<SourceFile, number>();
  for (const { source, sha256 } of images) {
    const reason = unreadable.get(sha256);
    if (reason === undefined) indexOf.set(source, indexOf.size);
    else reasonOf.set(source, reason);
  }
  if (indexOf.size === 0) throw noneReadable(reasonOf);
  const animated = images.filter((image) => image.isAnimated).map(({ source }) => source);
  return { manifest, indexOf, reasonOf, animated };
}

/** A stored set, and which of the files that were given are not in it. */
interface KnownFiles {
  id: ImageSetId;
  unreadable: readonly UnreadableImage[];
}

/** The set of files that were imported before, with this decoder. */
async function findByFiles(store: FileStore, fingerprint: string): Promise<KnownFiles | null> {
  const files = await findImportedFiles(store, fingerprintFolder(fingerprint));
  return files?.fingerprint === fingerprint ? { id: files.imageSetId, unreadable: files.unreadable } : null;
}

/** The same of a set that was stored when ids went by the files. Nothing says which decoder it was then. */
async function findOfVersion1(store: FileStore, contentHash: string): Promise<KnownFiles | null> {
  const manifest = await findImageSet(store, imageSetIdOf(contentHash));
  return manifest?.contentHash === contentHash ? manifest : null;
}

/** Decodes all images into a set that is not visible yet. */
async function decodeAll(
  set: SquareImages & { fingerprint: string },
  images: readonly FingerprintedImage[],
  host: ImportHost,
  context: JobContext,
): Promise<{ writer: ImageSetWriter; id: ImageSetId }> {
  const { store, decoder, freeBytes } = host;
  const writer = await createImageSetWriter(store, { ...set, decoder });
  return orAbort(writer, async () => {
    const left = images.slice(writer.sourcesDone);
    await requireRoom(left.length * imageBytes(set.imageSize), freeBytes);
    await decodeInto(writer, left, set, host, context.part('Decoding images', decodingFrom, 1));
    return { writer, id: await writer.identify() };
  });
}

/** Does a part of the writing; when it fails, nothing of the set stays. */
async function orAbort<T>(writer: ImageSetWriter, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
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
