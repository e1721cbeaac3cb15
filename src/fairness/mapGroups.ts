import { LabError } from '../foundation/labError';
import { sortNames } from './sortNames';

/** Which values of the sensitive attribute make which group. Values that are in neither are not used. */
export interface GroupMapping {
  groupOf: Map<string, 0 | 1>;
  groupNames: [string, string];
}

/**
 * Makes two groups from the values of a column. Two values without further word are sorted: the first is group 0.
 *
 * @param values distinct values of the column
 * @param group0Values values of group 0 (unprivileged); when undefined, all that are not in group 1
 * @param group1Values values of group 1 (privileged); when undefined, all that are not in group 0
 * @throws LabError `value-not-mapped` when there are more than two values and no list, or a listed value does not occur
 * @throws LabError `config-invalid` when a value is listed in both groups
 * @throws LabError `group-too-small` when a group gets no value
 */
export function mapGroups(
  column: string,
  values: string[],
  group0Values: string[] | undefined,
  group1Values: string[] | undefined,
): GroupMapping {
  const sorted = sortNames(values);
  const [members0, members1] = splitValues(column, sorted, group0Values, group1Values);
  checkValues(column, sorted, members0, members1);
  const groupOf = new Map<string, 0 | 1>();
  for (const value of members0) groupOf.set(value, 0);
  for (const value of members1) groupOf.set(value, 1);
  return { groupOf, groupNames: [members0.join(', '), members1.join(', ')] };
}

function splitValues(
  column: string,
  sorted: string[],
  group0Values: string[] | undefined,
  group1Values: string[] | undefined,
): [string[], string[]] {
  if (group0Values) return [group0Values, group1Values ?? sorted.filter((value) => !group0Values.includes(value))];
  if (group1Values) return [sorted.filter((value) => !group1Values.includes(value)), group1Values];
  if (sorted.length <= 2) return [sorted.slice(0, 1), sorted.slice(1)];
  throw new LabError({
    code: 'value-not-mapped',
    message: `The column "${column}" has ${sorted.length} values (${abridge(sorted)}); two groups are compared.`,
    hint: 'Say which values make group 0, the unprivileged one; the others make group 1 unless they are listed too.',
    details: { column, values: sorted.length },
  });
}

function checkValues(column: string, sorted: string[], members0: string[], members1: string[]): void {
  const inBoth = members0.find((value) => members1.includes(value));
  if (inBoth !== undefined) {
    throw new LabError({
      code: 'config-invalid',
      message: `The value "${inBoth}" of the column "${column}" is listed in both groups.`,
      hint: 'List each value in one group.',
      details: { column, value: inBoth },
    });
  }
  const unknown = [...members0, ...members1].find((value) => !sorted.includes(value));
  if (unknown !== undefined) {
    throw new LabError({
      code: 'value-not-mapped',
      message: `The value "${unknown}" does not occur in the column "${column}", whose values are ${abridge(sorted)}.`,
      hint: 'Write the values as they are in the table.',
      details: { column, value: unknown },
    });
  }
  const emptyGroup = [members0, members1].findIndex((members) => members.length === 0);
  if (emptyGroup >= 0) {
    throw new LabError({
      code: 'group-too-small',
      message: `Group ${emptyGroup} gets no value of the column "${column}", whose values are ${abridge(sorted) || 'all missing'}.`,
      hint: 'Choose a column with at least two values, and leave at least one for each group.',
      details: { column, group: emptyGroup },
    });
  }
}

/** The first few values: a column of names would fill the screen. */
function abridge(values: string[]): string {
  return values.length > 8 ? `${values.slice(0, 8).join(', ')}, …` : values.join(', ');
}
