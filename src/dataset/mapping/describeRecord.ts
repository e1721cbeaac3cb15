import { LabError } from '../../foundation/labError';
import { type ImageRecords, rowsDiffer } from '../tables/imageRecords';

/** All that the tables say of one image. */
export interface ImageRecord {
  /** Its path among the files that were imported. */
  path: string;
  /** In the order of the tables; null where its rows say different things. */
  cells: { column: string; text: string | null }[];
}

/**
 * The record of one stored image.
 * @param imageIndex its position in the image set
 * @throws LabError `dataset-not-found` when the records do not speak of it
 */
export function describeRecord(
  records: Pick<ImageRecords, 'paths' | 'imageIndices' | 'columns'>,
  imageIndex: number,
): ImageRecord {
  const at = records.imageIndices.indexOf(imageIndex);
  if (at < 0) {
    throw new LabError({
      code: 'dataset-not-found',
      message: `There is no record of image ${imageIndex}.`,
      hint: 'Import the dataset again.',
      details: { image: imageIndex },
    });
  }
  return {
    path: records.paths[at]!,
    cells: records.columns.map(({ name, values, codes }) => {
      const code = codes[at]!;
      return { column: name, text: code === rowsDiffer ? null : values[code]! };
    }),
  };
}
