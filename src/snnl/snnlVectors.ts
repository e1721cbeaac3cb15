import * as z from 'zod/mini';
import { parseVectors } from '../foundation/parseVectors';
import { type SnnlOptions, snnlPresets } from './snnlOptions';
import type { ReferenceBatch } from './snnlReference';

/** One score of a known vector file: what goes in, and what must come out. */
export interface SnnlVectorCase {
  /** Case and variant, as the file names them. */
  name: string;
  /** All images of the case; they make one batch unless `options.batchSize` cuts them. */
  images: ReferenceBatch;
  options: SnnlOptions;
  /** One score per channel; NaN = undefined. */
  expected: number[];
  /** Loss of each anchor, [channels][images], where the file has it. */
  anchorLosses: number[][] | null;
  /** How far a float32 implementation may be off, in max(1, |value|). */
  float32Tolerance: number;
}

const plainTolerance = 1e-5;
/** The float32 rounding of these inputs alone costs 4e-5. */
const looseTolerances: Record<string, number> = { offset_cancellation: 1e-3 };
/** The published code's plain exp overflows here: its printed value is no target. */
const withoutOfficialValue = ['tiny_T'];

const score = z.union([z.number(), z.null(), z.enum(['Infinity', '-Infinity', 'NaN'])]);
const scores = z.array(score);
const count = z.int().check(z.gte(1));
const maps = {
  id: z.string(),
  h: count,
  w: count,
  c: count,
  T: z.number(),
  groups: z.array(z.int()),
  maps: z.array(z.number()),
};

const batchFile = z.object({
  cases: z.array(
    z.object({
      ...maps,
      expected: z.object({
        eq1_sqeuclid: z.object({ skip: scores }),
        eq1_cosine: z.object({ skip: scores }),
        official_cosine_self: scores,
      }),
      anchorLosses_eq1_sqeuclid: z.optional(z.array(scores)),
    }),
  ),
});

const datasetFile = z.object({
  cases: z.array(
    z.object({
      ...maps,
      batch: count,
      dropLast: z.boolean(),
      expected: z.object({
        sqeuclid: z.object({ S: scores }),
        cosine: z.object({ S: scores }),
        official_cosine_self: z.object({ S: scores }),
      }),
    }),
  ),
});

/**
 * Reads `snnl.json`: scores of single batches.
 * @throws LabError `record-invalid` when the file is not of that form
 */
export function readSnnlVectors(json: unknown): SnnlVectorCase[] {
  return parseVectors(batchFile, json, 'snnl.json').cases.flatMap((entry) => {
    const { expected, anchorLosses_eq1_sqeuclid: anchors, id } = entry;
    const shared = {
      images: imagesOf(entry),
      anchorLosses: null,
      float32Tolerance: looseTolerances[id] ?? plainTolerance,
    };
    const batchSize = Math.max(2, entry.groups.length);
    const official: SnnlVectorCase = {
      ...shared,
      name: `${id} official_cosine_self`,
      options: { ...officialOptions(entry.T), batchSize },
      expected: expected.official_cosine_self.map(toNumber),
    };
    return [
      {
        ...shared,
        name: `${id} eq1_sqeuclid`,
        options: { ...equationOptions('squared-euclidean', entry.T), batchSize },
        expected: expected.eq1_sqeuclid.skip.map(toNumber),
        anchorLosses: anchors?.map((row) => row.map(toNumber)) ?? null,
      },
      {
        ...shared,
        name: `${id} eq1_cosine`,
        options: { ...equationOptions('cosine', entry.T), batchSize },
        expected: expected.eq1_cosine.skip.map(toNumber),
      },
      ...(withoutOfficialValue.includes(id) ? [] : [official]),
    ];
  });
}

/**
 * Reads `snnl_dataset.json`: scores over batches cut in file order.
 * @throws LabError `record-invalid` when the file is not of that form
 */
export function readSnnlDatasetVectors(json: unknown): SnnlVectorCase[] {
  return parseVectors(datasetFile, json, 'snnl_dataset.json').cases.flatMap((entry) => {
    const batching = { batchSize: entry.batch, batching: 'file-order', dropShortBatch: entry.dropLast } as const;
    const shared = { images: imagesOf(entry), anchorLosses: null, float32Tolerance: plainTolerance };
    return [
      {
        ...shared,
        name: `${entry.id} sqeuclid`,
        options: { ...equationOptions('squared-euclidean', entry.T), ...batching },
        expected: entry.expected.sqeuclid.S.map(toNumber),
      },
      {
        ...shared,
        name: `${entry.id} cosine`,
        options: { ...equationOptions('cosine', entry.T), ...batching },
        expected: entry.expected.cosine.S.map(toNumber),
      },
      {
        ...shared,
        name: `${entry.id} official_cosine_self`,
        options: { ...officialOptions(entry.T), ...batching },
        expected: entry.expected.official_cosine_self.S.map(toNumber),
      },
    ];
  });
}

/** The batches of a case: its images cut in order, the short last batch dropped when the options say so. */
export function cutVectorBatches(
  images: ReferenceBatch,
  { batchSize, dropShortBatch }: Pick<SnnlOptions, 'batchSize' | 'dropShortBatch'>,
): ReferenceBatch[] {
  const { batch: total, height, width, channels } = images;
  const [maps, groups] = [Array.from(images.maps), Array.from(images.groups)];
  const perImage = height * width * channels;
  const batches: ReferenceBatch[] = [];
  for (let start = 0; start < total; start += batchSize) {
    const end = Math.min(total, start + batchSize);
    if (dropShortBatch && end - start < batchSize) break;
    batches.push({
      ...images,
      maps: maps.slice(start * perImage, end * perImage),
      batch: end - start,
      groups: groups.slice(start, end),
    });
  }
  return batches;
}

function equationOptions(distance: SnnlOptions['distance'], temperature: number): SnnlOptions {
  return { ...snnlPresets.paper, distance, temperature };
}

function officialOptions(temperature: number): SnnlOptions {
  return { ...snnlPresets['authors-code'], temperature };
}

function imagesOf(entry: { h: number; w: number; c: number; groups: number[]; maps: number[] }): ReferenceBatch {
  const { h, w, c, groups } = entry;
  return { maps: entry.maps, batch: groups.length, height: h, width: w, channels: c, groups };
}

/** JSON has no infinity: the files write it as text, and null for undefined. */
function toNumber(value: z.infer<typeof score>): number {
  return value === null ? Number.NaN : Number(value);
}
