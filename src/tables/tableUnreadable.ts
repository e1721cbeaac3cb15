import { LabError } from '../foundation/labError';
import type { ForeignKind } from './nameForeignFile';

/** The error for a table that cannot be read at all. */
export function tableUnreadable(file: string, what: string, details: Record<string, string | number>): LabError {
  return new LabError({
    code: 'table-unreadable',
    message: `${file} cannot be read as a table: ${what}.`,
    hint: 'Open it in a text editor or a spreadsheet, correct it, and save it as CSV (UTF-8).',
    details: { file, ...details },
  });
}

/** The error for another program's file, with how to make a text table of it. */
export function foreignTable(file: string, { what, hint }: ForeignKind): LabError {
  return new LabError({
    code: 'table-unreadable',
    message: `${file} cannot be read as a table: it is ${what}, not text.`,
    hint,
    details: { file, kind: what },
  });
}
