import * as z from 'zod/mini';
import { sealJson } from '../../artifacts/sealedJson';
import { LabError } from '../../foundation/labError';
import { findingSchema, tallySchema } from '../findings/findingSchema';
import { joinPlanSchema } from '../mapping/parseMapping';
import type { ImageRecords } from '../tables/imageRecords';

const count = z.int().check(z.gte(0));

const recordsSchema: z.ZodMiniType<ImageRecords> = z.object({
  version: z.literal(1),
  names: z.array(z.string()),
  paths: z.array(z.string()),
  imageIndices: z.array(count),
  columns: z.array(
    z.object({ name: z.string(), values: z.array(z.string()), codes: z.array(z.int().check(z.gte(-1))) }),
  ),
  join: joinPlanSchema,
  rows: tallySchema,
  givenCount: count,
  findings: z.array(findingSchema),
});

/** The records as the bytes of `records.json`, with a checksum. */
export function encodeRecords(records: ImageRecords): Promise<Uint8Array<ArrayBuffer>> {
  return sealJson(records);
}

/**
 * Reads `records.json`.
 * @param path where it lies, for the message
 * @throws LabError `storage-failed` when it does not hold records, or a column is not as long as the list of images
 */
export function parseRecords(bytes: Uint8Array, path: string): ImageRecords {
  try {
    const records = recordsSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    const length = records.names.length;
    const fits = ({ values, codes }: ImageRecords['columns'][number]) =>
      codes.length === length && codes.every((code) => code < values.length);
    if (records.paths.length !== length || records.imageIndices.length !== length || !records.columns.every(fits))
      throw new Error('columns do not fit');
    return records;
  } catch (cause) {
    throw new LabError({
      code: 'storage-failed',
      message: `${path} does not hold the records of a dataset.`,
      hint: 'Delete this dataset and import it again. Its images can be used as they are until then.',
      details: { file: path },
      cause,
    });
  }
}
