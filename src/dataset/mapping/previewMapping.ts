import { LabError, type LabErrorData, toErrorData } from '../../foundation/labError';
import { createAsker } from '../../foundation/openQuestion';
import type { SplitSettings } from '../split/splitSettings';
import type { ImageRecords } from '../tables/imageRecords';
import { summariseColumn } from '../tables/summariseColumn';
import { applyMapping, countSamples } from './applyMapping';
import { askRecords } from './askRecords';
import type { DatasetMapping } from './datasetMapping';
import type { MappedSamples, MappingPreview } from './mappedSamples';
import { requireUsable } from './requireUsable';
import { tallyImages } from './tallyImages';

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
