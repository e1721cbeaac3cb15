import { LabError } from '../../foundation/labError';

/** The error for a table that cannot be read at all. */
export function tableUnreadable(file: string, what: string, details: Record<string, string | number>): LabError {
  return new LabError({
    code: 'table-unreadable',
    message: `${file} cannot be read as a table: ${what}.`,
    hint: 'Open it in a text editor or a spreadsheet, correct it, and save it as CSV (UTF-8).',
    details: { file, ...details },
  });
}
