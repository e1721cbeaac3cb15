import type { Tally } from '../dataset/findings/datasetFinding';
import { splitNames } from '../dataset/splitName';
import { formatColumns, type Output } from './output';

/** What a mapping made of rows and images. */
export interface Counted {
  classNames: string[];
  groupNames: [string, string];
  /** `[split][class][group]`. */
  counts: number[][][];
  rows: Tally;
  images: Tally;
  unknownGroupCount: number;
}

/** Prints images by class, group and split, and what became of every row and image. */
export function printCounts({ classNames, groupNames, counts, ...tallies }: Counted, output: Output): void {
  const header = ['class', ...splitNames.flatMap((split) => groupNames.map((group) => `${split}: ${group}`))];
  const rows = classNames.map((name, label) => [name, ...counts.flatMap((split) => split[label]!.map(String))]);
  output.text(`\n${formatColumns(header, rows)}`);
  output.text(`\n${tell('rows', tallies.rows)}\n${tell('images', tallies.images)}`);
  output.text(`Images of unknown group: ${tallies.unknownGroupCount}`);
}

function tell(unit: string, { total, used, leftOut }: Tally): string {
  const lost = leftOut.map(({ kind, count }) => `, ${count} ${kind}`).join('');
  return `${total} ${unit}: ${used} used${lost}`;
}
