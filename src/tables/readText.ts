import type { Steps } from '../foundation/workInSteps';
import { decodeText } from './decodeText';
import { nameForeignFile } from './nameForeignFile';
import type { TableFindingKind } from './tableFinding';
import { foreignTable, tableUnreadable } from './tableUnreadable';

/** How much of a file says what it is. */
export const headBytes = 4096;
const mostControls = 3;

/** A table's text with `\n` at its line ends, and what is to be said of its letters. */
export interface TableText {
  text: string;
  findings: [kind: TableFindingKind, example: string, count: number][];
}

/** @throws LabError `table-unreadable` with the program whose file it is */
export function refuseForeign(file: string, bytes: Uint8Array): void {
  const foreign = nameForeignFile(file, bytes.subarray(0, headBytes));
  if (foreign) throw foreignTable(file, foreign);
}

/** @throws LabError `table-unreadable` for what is no text, with the program whose file it is */
export function* readText(file: string, bytes: Uint8Array): Steps<TableText> {
  refuseForeign(file, bytes);
  const decoded = yield* decodeText(bytes);
  if (!decoded || countControls(decoded.text.slice(0, headBytes)) > mostControls) {
    throw tableUnreadable(file, 'it is no text', {});
  }
  const { text, isAssumed, brokenCount } = decoded;
  const findings: TableText['findings'] = [];
  if (isAssumed) findings.push(['encoding-assumed', file, 1]);
  if (brokenCount > 0) findings.push(['broken-letters', file, brokenCount]);
  return { text, findings };
}

function countControls(text: string): number {
  return Array.from(text).filter((letter) => letter < ' ' && !'\t\n\r\f\v'.includes(letter)).length;
}
