import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import type { DatasetWriter } from '../createDatasetWriter';
import type { DecodeImage } from '../decodeImage';
import { decodeOne, decodesAtATime } from './decodeOne';
import type { FindingLog } from './findingLog';
import type { LabelledImage } from './labelImages';
import { mapParallel } from './mapParallel';

const imagesPerBatch = 32;

/**
 * Decodes images and writes them as they come, so that no more than a batch is in memory. An image that cannot be read is
 * noted with the reason and skipped.
 *
 * @returns the images written, in order
 * @throws LabError `image-unreadable` when none could be read; `cancelled`, `quota-exceeded`, `storage-failed`
 */
export async function decodeInto(
  writer: DatasetWriter,
  images: readonly LabelledImage[],
  imageSize: number,
  decode: DecodeImage,
  findings: FindingLog,
  context: JobContext,
): Promise<LabelledImage[]> {
  const written: LabelledImage[] = [];
  for (let start = 0; start < images.length; start += imagesPerBatch) {
    await context.breathe();
    const batch = images.slice(start, start + imagesPerBatch);
    const decoded = await mapParallel(batch, decodesAtATime, ({ image }) => decodeOne(image, imageSize, decode));
    for (const [index, result] of decoded.entries()) {
      const item = batch[index]!;
      if (typeof result === 'string') findings.note('image-unreadable', `${item.image.path}: ${result}`);
      else {
        writer.append(result);
        written.push(item);
      }
    }
    context.report(start + batch.length, images.length, 'images');
  }
  if (written.length === 0) {
    throw new LabError({
      code: 'image-unreadable',
      message: `None of the ${images.length} images could be read. The first: ${findings.list().find(({ kind }) => kind === 'image-unreadable')?.examples[0]}`,
      hint: 'Check that the files open in an image viewer. JPEG, PNG and WebP can be read.',
      details: { count: images.length },
    });
  }
  return written;
}
