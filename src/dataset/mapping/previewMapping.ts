import { LabError, type LabErrorData, toErrorData } from '../../foundation/labError';
import { type AnsweredQuestion, createAsker } from '../../foundation/openQuestion';
import type { DatasetFinding, Tally } from '../findings/datasetFinding';
import type { SplitSettings } from '../split/splitSettings';
import type { ImageRecords } from '../tables/imageRecords';
import { type ColumnSummary, summariseColumn } from '../tables/summariseColumn';
import { applyMapping, countSamples } from './applyMapping';
import { askRecords } from './askRecords';
import type { DatasetMapping } from './datasetMapping';
import type { MappedSamples } from './mappedSamples';
import { requireUsable } from './requireUsable';
import { tallyImages } from './tallyImages';

/** What a mapping would make of the images, without decoding any. */
export interface MappingPreview {
  /** All columns of the joined tables. */
  columns: ColumnSummary[];
  /** What became of the tables' rows. */
  rows: Tally;
  /** What became of the images; the total is every image that was given. */
  images: Tally;
  classNames: string[];
  groupNames: [string, string];
  /** `[split][class][group]`. */
  counts: number[][][];
  unknownGroupCount: number;
  /** What the user has said of what the tables leave open. */
  answered: AnsweredQuestion[];
  findings: DatasetFinding[];
  /** Why the samples could not be used as they are; null when they can. */
  problem: LabErrorData | null;
  /** Every sample, when it was asked for. */
  samples: MappedSamples | null;
}

/**
 * What a mapping would make of records. A mapping that cannot be used as it is makes no error here but a `problem`, so
 * that the columns stay in view while it is put right.
 *
 * @param options.duplicateGroups images of the stored set that look the same; not known before images are decoded
 */
export function previewMapping(
  records: ImageRecords,
  mapping: DatasetMapping,
  settings: SplitSettings,
  { withSamples = false, duplicateGroups = [] }: { withSamples?: boolean; duplicateGroups?: number[][] } = {},
): MappingPreview {
  const { samples, problem } = tryMapping(records, mapping, settings, duplicateGroups);
  const mapped = samples?.images ?? { total: records.names.length, used: 0, leftOut: [] };
  return {
    columns: askRecords(records, mapping, createAsker(samples ? mapping.answers : {})).columns.map(summariseColumn),
    rows: records.rows,
    images: tallyImages(records.givenCount, records.findings, mapped),
    classNames: samples?.classNames ?? [],
    groupNames: samples?.groupNames ?? mapping.group.names,
    counts: samples ? countSamples(samples) : [],
    unknownGroupCount: samples?.unknownGroupCount ?? 0,
    answered: samples?.answered ?? [],
    findings: [...records.findings, ...(samples?.findings ?? [])],
    problem,
    samples: withSamples ? samples : null,
  };
}

function tryMapping(
  records: ImageRecords,
  mapping: DatasetMapping,
  settings: SplitSettings,
  duplicateGroups: number[][],
): { samples: MappedSamples | null; problem: LabErrorData | null } {
  let samples: MappedSamples | null = null;
  try {
    samples = applyMapping(records, mapping, settings, duplicateGroups);
    requireUsable(samples, mapping, settings);
    return { samples, problem: null };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { samples, problem: toErrorData(error) };
  }
}
