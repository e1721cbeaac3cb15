import type { FindingKind } from '../findings/datasetFinding';
import type { ImageRecords } from '../tables/imageRecords';
import type { LabelRule } from './datasetMapping';
import { type Cell, readCells } from './readCells';

/** A class name, or the reason why an image has none. */
export type LabelOutcome = { name: string } | FindingKind;

/**
 * The class of each image. A label that the merge map names counts even where its text usually says that nothing is known
 * (CelebA writes -1 for no).
 * @throws LabError `column-missing`
 */
export function readLabels(records: ImageRecords, rule: LabelRule): (image: number) => LabelOutcome {
  const labelOf = rule.columns.length === 1 ? readOne(records, rule) : readOneHot(records, rule.columns);
  return (image) => {
    const label = labelOf(image);
    if (typeof label === 'string') return label;
    const name = Object.hasOwn(rule.merge, label.name) ? rule.merge[label.name]! : label.name;
    return name === null ? 'label-left-out' : { name };
  };
}

function readOne(records: ImageRecords, { columns, merge }: LabelRule): (image: number) => LabelOutcome {
  const cellOf = readCells(records, columns[0]!, true);
  return (image) => {
    const cell = cellOf(image);
    if (cell === 'rows-differ') return cell;
    return cell.isMissing && !Object.hasOwn(merge, cell.text) ? 'label-missing' : { name: cell.text };
  };
}

function readOneHot(records: ImageRecords, columns: readonly string[]): (image: number) => LabelOutcome {
  const cellsOf = columns.map((name) => ({ name, cellOf: readCells(records, name) }));
  return (image) => {
    const cells = cellsOf.map(({ name, cellOf }) => ({ name, cell: cellOf(image) }));
    if (cells.some(({ cell }) => cell === 'rows-differ')) return 'rows-differ';
    const set = cells.filter(({ cell }) => isSet(cell));
    if (set.length === 1) return { name: set[0]!.name };
    return set.length === 0 ? 'label-missing' : 'label-ambiguous';
  };
}

function isSet(cell: Cell): boolean {
  return cell !== 'rows-differ' && (cell.text === '1' || cell.text === 'true');
}
