import { isMissing } from '../../tables/isMissing';
import type { DatasetFormat, GroupOption, LabelOption } from '../formats/datasetFormat';
import {
  type DatasetMapping,
  defaultLookAlikeRule,
  type GivenSplit,
  type GroupMapping,
  type LabelRule,
} from '../mapping/datasetMapping';
import { parseSplitName, type SplitName } from '../splitName';
import type { ImageRecords, RecordColumn } from '../tables/imageRecords';
import { countValues } from '../tables/summariseColumn';
import { suggestGroups } from './suggestGroups';
import { notChosen } from './suggestJoin';

/** Column names by what they usually hold, most telling first. */
const labelNames = [
  /^(dx|diagnosis|diagnostic|diagnose|label|class)$/,
  /diagn|label|class|disease|target|category|^low$|^(finding|pathology|outcome)s?$/,
  /finding|pathology|outcome|condition/,
  /^folder/,
];
const groupNames = [/^(sex|gender)$/, /fit[sz]patrick|skin|tone/, /sex|gender|race|ethnic|group|sensitive/, /^age/];
const clusterNames = [/patient/, /lesion/, /^(case|subject)/];
const splitColumnNames = [/split|subset|partition|^set$/, /^folder/];
/** More classes than this are rather names or measurements. */
const maxClasses = 200;

/**
 * Guesses which columns hold what: what is known of the set, and else by their names and content. An empty name stands for
 * a column that nothing speaks for: the user chooses it.
 *
 * @param imageColumns columns that name images, which hold nothing else
 * @param isVaried whether the images that were given have several values in a column: one alone is no label
 */
export function suggestMapping(
  records: ImageRecords,
  format: DatasetFormat | null,
  imageColumns: readonly string[],
  isVaried: (column: string) => boolean = () => true,
): DatasetMapping {
  const { columns } = records;
  const taken = new Set(imageColumns);
  const take = (patterns: readonly RegExp[], accept: (column: RecordColumn) => boolean): RecordColumn | null => {
    for (const pattern of patterns) {
      const found = columns.find(
        (column) => !taken.has(column.name) && pattern.test(column.name.toLowerCase()) && accept(column),
      );
      if (found) {
        taken.add(found.name);
        return found;
      }
    }
    return null;
  };
  const options =
    format &&
    offeredOptions(
      format,
      columns.map(({ name }) => name),
    );
  const known = options?.groups[0];
  const knownLabel = options?.labels[0];
  for (const name of [known?.column, ...(knownLabel?.columns ?? [])]) if (name !== undefined) taken.add(name);
  const givenSplit = options?.givenSplit ?? toGivenSplit(take(splitColumnNames, holdsSplits));
  const knownCluster = format?.clusterColumns.flatMap((name) => nameAmong(columns, name) ?? [])[0];
  const cluster = knownCluster ?? take(clusterNames, (column) => countValues(column).size >= 2)?.name ?? null;
  const group = known ? toGroup(known) : suggestGroup(take(groupNames, isCategory));
  const label = knownLabel
    ? toLabel(knownLabel)
    : {
        columns: [
          take([...labelNames, /./], (column) => isCategory(column) && isVaried(column.name))?.name ?? notChosen,
        ],
        merge: {},
        minClassSize: 1,
      };
  return {
    version: 1,
    format: format?.name ?? null,
    label,
    group,
    clusterColumn: cluster,
    givenSplit,
    lookAlikes: defaultLookAlikeRule,
  };
}

/** A format's options whose columns are there, with the columns' names as they are written. */
export function offeredOptions(format: DatasetFormat, names: readonly string[]) {
  const among = names.map((name) => ({ name }));
  const labels = format.labels.flatMap((option): LabelOption[] => {
    const columns = option.columns.flatMap((name) => nameAmong(among, name) ?? []);
    return columns.length === option.columns.length ? [{ ...option, columns }] : [];
  });
  const groups = format.groups.flatMap((option): GroupOption[] => {
    const column = nameAmong(among, option.column);
    return column === null ? [] : [{ ...option, column }];
  });
  const splitColumn = format.givenSplit && nameAmong(among, format.givenSplit.column);
  const givenSplit: GivenSplit | null =
    format.givenSplit && splitColumn ? { ...format.givenSplit, column: splitColumn } : null;
  return { labels, groups, givenSplit };
}

export function toGroup({ column, rule, names }: GroupOption): GroupMapping {
  return { column, rule, names, missing: 'exclude' };
}

export function toLabel({ columns, merge = {} }: LabelOption): LabelRule {
  return { columns, merge: { ...merge }, minClassSize: 1 };
}

function nameAmong(columns: readonly { name: string }[], name: string): string | null {
  return columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name ?? null;
}

function suggestGroup(column: RecordColumn | null): GroupMapping {
  if (!column) {
    return { column: notChosen, rule: { kind: 'values', group0: [], group1: [] }, names: ['', ''], missing: 'exclude' };
  }
  return { column: column.name, ...suggestGroups(column.name, countValues(column)), missing: 'exclude' };
}

function toGivenSplit(column: RecordColumn | null): GivenSplit | null {
  if (!column) return null;
  const values: Record<string, SplitName> = {};
  for (const value of countValues(column).keys()) {
    const split = parseSplitName(value);
    if (split) values[value] = split;
  }
  return { column: column.name, values };
}

function isCategory(column: RecordColumn): boolean {
  // Far more texts than classes cannot be a few values in other words; counting a million ids takes its time.
  if (column.values.length > 10 * maxClasses) return false;
  const { size } = countValues(column);
  return size >= 2 && size <= maxClasses;
}

function holdsSplits({ values }: RecordColumn): boolean {
  const present = values.filter((value) => !isMissing(value));
  return present.length > 1 && present.every((value) => parseSplitName(value) !== null);
}
