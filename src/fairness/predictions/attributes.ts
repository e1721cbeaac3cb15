import { LabError } from '../../foundation/labError';
import type { Asker } from '../../foundation/openQuestion';
import { canonicalValue } from '../../tables/canonicalValue';
import { countTexts } from '../../tables/countTexts';
import { missingIn } from '../../tables/isMissing';
import { askSpellings } from '../../tables/spellings/askSpellings';
import { uniformValues } from '../../tables/spellings/uniformValues';
import type { TableColumn } from '../../tables/table';
import { type Grouping, intersectGroups } from '../intersectGroups';
import { mapGroups } from '../mapGroups';
import { sortNames } from '../sortNames';
import type { Attribute } from './predictions';

/** A column of a sensitive attribute, its spellings asked about. */
export interface OpenedAttribute {
  /** Undefined where it is missing. */
  valueOf(row: number): string | undefined;
  /**
   * The group of each row that is used.
   * @param attributeCount of how many attributes this is one
   * @throws LabError `config-invalid`, and as {@link mapGroups} does
   */
  group(rows: readonly number[], attributeCount: number, group0Values: readonly string[] | undefined): Attribute;
}

export function openAttribute(column: TableColumn, asker: Asker): OpenedAttribute {
  const texts = uniformValues(column.values);
  const isMissing = missingIn(texts);
  const spellings = askSpellings(
    { about: column.name, values: countTexts({ ...column, values: texts }, isMissing) },
    asker,
  );
  const values = texts.map((text) => (isMissing(text) ? undefined : (spellings.get(text) ?? text)));
  const valueOf = (row: number) => values[column.codes[row]!];
  return {
    valueOf,
    group(rows, attributeCount, group0Values) {
      const found = rows.map((row) => valueOf(row)!);
      const distinct = sortNames(new Set(found));
      if (group0Values && attributeCount > 1) throw groupsOfSeveral(attributeCount);
      if (!group0Values && distinct.length > 2) {
        const positions = new Map(distinct.map((value, index) => [value, index]));
        return { name: column.name, groups: found.map((value) => positions.get(value)!), groupNames: distinct };
      }
      const wanted = group0Values?.map(
        (value) => spellings.get(value) ?? (distinct.includes(value) ? value : canonicalValue(value)),
      );
      const { groupOf, groupNames } = mapGroups(column.name, distinct, wanted && [...new Set(wanted)], undefined);
      return { name: column.name, groups: found.map((value) => groupOf.get(value)!), groupNames: [...groupNames] };
    },
  };
}

function groupsOfSeveral(count: number): LabError {
  return new LabError({
    code: 'config-invalid',
    message: `The values of group 0 are given, but there are ${count} sensitive attributes.`,
    hint: 'Give them with one attribute only.',
  });
}

/** The groups that all attributes make together. */
export function intersectAttributes(attributes: readonly Attribute[]): Attribute {
  const [first, ...others] = attributes.map(({ groups, groupNames }): Grouping => ({ groups, names: groupNames }));
  const { groups, names } = others.reduce(intersectGroups, first!);
  return { name: attributes.map(({ name }) => name).join(' × '), groups: Array.from(groups), groupNames: names };
}
