import type { FindingKind } from '../findings/datasetFinding';
import type { ImageRecords } from '../tables/imageRecords';
import type { GroupMapping, GroupRule } from './datasetMapping';
import { type Cell, readCells } from './readCells';

/** Group 0 or 1 and whether the group was known at all, or the reason why an image has none. */
export type GroupOutcome = { group: 0 | 1; isUnknown: boolean } | FindingKind;

/**
 * The group of each image. A value that is ticked counts even where its text usually says that nothing is known.
 * @throws LabError `column-missing`
 */
export function readGroups(
  records: ImageRecords,
  { column, rule, missing }: GroupMapping,
): (image: number) => GroupOutcome {
  const cellOf = readCells(records, column, true);
  const sideOf = readRule(rule);
  return (image) => {
    const cell = cellOf(image);
    if (cell === 'rows-differ') return cell;
    const side = sideOf(cell);
    const isUnknown = side === null && cell.isMissing;
    if (!isUnknown && side === null) return 'value-not-mapped';
    // Unknown against known: every known value is then of group 1.
    if (missing === 'own-group') return { group: isUnknown ? 0 : 1, isUnknown };
    if (side !== null) return { group: side, isUnknown };
    if (missing === 'exclude') return 'group-missing';
    return { group: missing === 'group-0' ? 0 : 1, isUnknown };
  };
}

function readRule(rule: GroupRule): (cell: Exclude<Cell, 'rows-differ'>) => 0 | 1 | null {
  if (rule.kind === 'values') {
    const [group0, group1] = [new Set(rule.group0), new Set(rule.group1)];
    return ({ text }) => (group0.has(text) ? 0 : group1.has(text) ? 1 : null);
  }
  const below = rule.above === 1 ? 0 : 1;
  return ({ text, isMissing }) => {
    const number = Number(text);
    if (isMissing || text === '' || !Number.isFinite(number)) return null;
    return number >= rule.from ? rule.above : below;
  };
}
