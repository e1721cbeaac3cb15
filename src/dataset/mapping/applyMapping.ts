import { type LabErrorData, toErrorData } from '../../foundation/labError';
import { type Asker, createAsker } from '../../foundation/openQuestion';
import { spellingKey } from '../../tables/spellings/askSpellings';
import { createFindingLog, type FindingLog } from '../findings/datasetFinding';
import { splitDataset } from '../split/splitDataset';
import type { SplitSettings } from '../split/splitSettings';
import { type SplitName, splitNames } from '../splitName';
import type { ImageRecords } from '../tables/imageRecords';
import { askRecords } from './askRecords';
import type { DatasetMapping } from './datasetMapping';
import { dropLookAlikes, joinLookAlikes } from './lookAlikes';
import type { MappedSamples } from './mappedSamples';
import { noteWarnings } from './noteWarnings';
import { readCells } from './readCells';
import { type GroupOutcome, readGroups } from './readGroups';
import { readLabels } from './readLabels';

interface Sample {
  /** Position in the image set. */
  imageIndex: number;
  name: string;
  label: string;
  group: 0 | 1;
  cluster: string | null;
  split: SplitName | null;
}

/**
 * Makes labelled, grouped and split samples of the records of stored images. Pure: the same records, mapping and settings
 * give the same samples. Whether they can be used is for {@link requireUsable} to say.
 *
 * @param duplicateGroups images of the set that look the same, as its manifest holds them; none while nothing is decoded yet
 * @throws LabError `column-missing` when the records lack a column of the mapping
 */
export function applyMapping(
  records: ImageRecords,
  mapping: DatasetMapping,
  settings: SplitSettings,
  duplicateGroups: readonly (readonly number[])[] = [],
): MappedSamples {
  const findings = createFindingLog();
  const asker = createAsker(mapping.answers);
  const asked = askRecords(records, mapping, asker);
  const { mapped, unknownGroupCount } = mapImages(asked, mapping, findings);
  const { lookAlikes } = mapping;
  const distinct = lookAlikes ? dropLookAlikes(mapped, lookAlikes, duplicateGroups, findings) : mapped;
  const samples = dropSmallClasses(distinct, mapping.label.minClassSize, findings);
  const classNames = [...new Set(samples.map(({ label }) => label))].sort(naturally);
  const labels = numberOf(classNames, samples);
  const groups = samples.map(({ group }) => group);
  const clusters = mapping.clusterColumn === null ? null : samples.map(({ cluster }) => cluster!);
  const given = mapping.givenSplit === null ? null : samples.map(({ split }) => split!);
  const imageIndices = samples.map(({ imageIndex }) => imageIndex);
  const together = lookAlikes?.oneSplit ? joinLookAlikes(imageIndices, clusters, duplicateGroups) : clusters;
  const splits = splitDataset({ labels, groups, clusters: together, given }, settings);
  const leftOut = findings.list().map(({ kind, count }) => ({ kind, count }));
  const images = { total: records.names.length, used: samples.length, leftOut };
  const groupNames: [string, string] =
    mapping.group.missing === 'own-group' ? ['unknown', 'known'] : [...mapping.group.names];
  noteWarnings({ classNames, groupNames, labels, groups, splits, clusters: given && clusters }, findings);
  if (mapping.group.missing !== 'exclude') {
    for (let i = 0; i < unknownGroupCount; i++) findings.note('group-merged', mapping.group.column);
  }
  return {
    classNames,
    groupNames,
    imageIndices,
    names: samples.map(({ name }) => name),
    labels,
    groups,
    splits,
    clusters,
    images,
    unknownGroupCount,
    answered: asker.answered(),
    unanswered: findUnanswered(asker, mapping, records),
    findings: findings.list(),
  };
}

/**
 * The error for what is still open, to be thrown where the samples are used. An answer about a column is no error while
 * the mapping names its spellings or takes another column: it counts again when that changes.
 */
function findUnanswered(
  asker: Asker,
  { answers }: DatasetMapping,
  { columns, join }: ImageRecords,
): LabErrorData | null {
  const known = new Set(columns.map(({ name }) => spellingKey(name)));
  const stray = typeof answers === 'object' && Object.keys(answers).some((key) => !known.has(key));
  try {
    if (stray) asker.requireAnswers(join.table);
    asker.stopForOpen(join.table);
    return null;
  } catch (error) {
    return toErrorData(error);
  }
}

function mapImages(records: ImageRecords, mapping: DatasetMapping, findings: FindingLog) {
  const labelOf = readLabels(records, mapping.label);
  const groupOf = readGroups(records, mapping.group);
  const clusterOf = readClusters(records, mapping.clusterColumn);
  const splitOf = readGivenSplit(records, mapping.givenSplit);
  const mapped: Sample[] = [];
  let unknownGroupCount = 0;
  for (let image = 0; image < records.names.length; image++) {
    const label = labelOf(image);
    const group = groupOf(image);
    const cluster = clusterOf(image);
    const split = splitOf(image);
    if (isGroupUnknown(group)) unknownGroupCount++;
    const name = records.names[image]!;
    if (typeof label === 'string') findings.note(label, name);
    else if (typeof group === 'string') findings.note(group, name);
    else if (cluster === 'rows-differ') findings.note(cluster, name);
    else if (split === 'rows-differ' || split === 'split-missing') findings.note(split, name);
    else {
      const imageIndex = records.imageIndices[image]!;
      mapped.push({ imageIndex, name, label: label.name, group: group.group, cluster: cluster?.name ?? null, split });
    }
  }
  return { mapped, unknownGroupCount };
}

function isGroupUnknown(group: GroupOutcome): boolean {
  return typeof group === 'string' ? group === 'group-missing' : group.isUnknown;
}

function readClusters(records: ImageRecords, column: string | null) {
  const cellOf = column === null ? null : readCells(records, column);
  return (image: number): { name: string } | 'rows-differ' | null => {
    const cell = cellOf?.(image) ?? null;
    if (cell === null || cell === 'rows-differ') return cell;
    return { name: cell.isMissing ? `image ${records.paths[image]!}` : cell.text };
  };
}

function readGivenSplit(records: ImageRecords, given: DatasetMapping['givenSplit']) {
  const cellOf = given === null ? null : readCells(records, given.column);
  return (image: number): SplitName | 'rows-differ' | 'split-missing' | null => {
    const cell = cellOf?.(image) ?? null;
    if (cell === null || cell === 'rows-differ') return cell;
    return given && Object.hasOwn(given.values, cell.text) ? given.values[cell.text]! : 'split-missing';
  };
}

function dropSmallClasses(samples: Sample[], least: number, findings: FindingLog): Sample[] {
  const sizes = new Map<string, number>();
  for (const { label } of samples) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return samples.filter(({ label, name }) => {
    const isLarge = sizes.get(label)! >= least;
    if (!isLarge) findings.note('class-too-small', `${label}: ${name}`);
    return isLarge;
  });
}

function numberOf(classNames: readonly string[], samples: readonly Sample[]): number[] {
  const numbers = new Map(classNames.map((name, index) => [name, index]));
  return samples.map(({ label }) => numbers.get(label)!);
}

function naturally(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Samples of each class in each group of each split: `[split][class][group]`, splits in the order of `splitNames`. */
export function countSamples(
  samples: Pick<MappedSamples, 'classNames' | 'labels' | 'groups' | 'splits'>,
): number[][][] {
  const counts = splitNames.map(() => samples.classNames.map(() => [0, 0]));
  for (const [index, label] of samples.labels.entries()) {
    counts[samples.splits[index]!]![label]![samples.groups[index]!]!++;
  }
  return counts;
}
