import { pixelsToInput } from '../dataset/batches/readBatch';
import type { SourceFile } from '../dataset/files/sourceFile';
import type { DecodeImage } from '../dataset/images/decodeImage';
import { decodeOne, decodesAtATime } from '../dataset/images/decodeOne';
import { mapAhead } from '../dataset/images/mapAhead';
import { concatBytes, concatFloats } from '../foundation/concatArrays';
import { type ImageFit, plainFits } from '../foundation/imageFit';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import type { LabModel } from '../model/labModel';
import { groupUnknown, predictBatch } from '../model/runModel';

/** What a model says of image files. */
export interface FilePredictions {
  /** Paths of the images that could be read, in the order given. */
  names: string[];
  /** Row-major [n, classCount]. */
  logits: Float32Array;
  /** How the images became squares. */
  imageFit: ImageFit;
  unreadable: { name: string; reason: string }[];
}

/**
 * The number of a group by its name, for networks that need to know it; null for others.
 * @throws LabError `group-unknown` when it is not said, or is none of the model's; `config-invalid` when the model takes none
 */
export function findGroup(model: LabModel, name: string | undefined): number | null {
  if (!model.groupInput) {
    if (name === undefined) return null;
    throw new LabError({
      code: 'config-invalid',
      message: `The group "${name}" would have no effect: "${model.name}" predicts without it.`,
      hint: 'Leave the group out.',
      details: { field: 'group' },
    });
  }
  const group = name === undefined ? -1 : model.groupInput.names.indexOf(name);
  if (group < 0) throw groupUnknown(model, name);
  return group;
}

/** Images per forward pass. */
const batchSize = 32;

/**
 * Runs a model over image files in inference mode, made a square as where the network was trained, or squeezed when that is not known.
 * No more than a batch is in memory.
 *
 * @param options.group that all the images are of, for networks that need to know it
 * @throws LabError `image-unreadable` when none can be read; `group-unknown`; `cancelled`
 */
export async function predictFiles(
  model: LabModel,
  images: readonly SourceFile[],
  { decode, group = null }: { decode: DecodeImage; group?: number | null },
  context: JobContext,
): Promise<FilePredictions> {
  const { imageSize, imageFit = plainFits.squeeze } = model.preprocessing;
  const names: string[] = [];
  const unreadable: FilePredictions['unreadable'] = [];
  const parts: Float32Array[] = [];
  for (let start = 0; start < images.length; start += batchSize) {
    await context.breathe();
    const batch = images.slice(start, start + batchSize);
    const decoded = mapAhead(batch, { limit: decodesAtATime }, async (image) => ({
      name: image.path,
      result: await decodeOne(image, imageSize, imageFit, decode),
    }));
    const pixels: Uint8Array[] = [];
    for await (const { name, result } of decoded) {
      if (typeof result === 'string') unreadable.push({ name, reason: result });
      else {
        names.push(name);
        pixels.push(result);
      }
    }
    if (pixels.length > 0) parts.push(await predictPixels(model, pixels, group));
    context.report(start + batch.length, images.length, 'images');
  }
  if (names.length === 0) {
    throw new LabError({
      code: 'image-unreadable',
      message: `None of the ${images.length} images could be read. The first: ${unreadable[0]?.name}: ${unreadable[0]?.reason}`,
      hint: 'Check that the files open in an image viewer. JPEG, PNG and WebP can be read.',
      details: { count: images.length },
    });
  }
  return { names, logits: concatFloats(parts), imageFit, unreadable };
}

async function predictPixels(model: LabModel, pixels: Uint8Array[], group: number | null): Promise<Float32Array> {
  const images = pixelsToInput(concatBytes(pixels), model.preprocessing);
  const groups = group === null ? null : new Int32Array(pixels.length).fill(group);
  try {
    const classLogits = predictBatch(model, { images, groups });
    const values = await classLogits.data<'float32'>();
    classLogits.dispose();
    return values.slice();
  } finally {
    images.dispose();
  }
}
