import type { TableColumn } from '../table';

/** What each spelling of a column is read as. A spelling that is not named stays as it is. */
export type Spellings = ReadonlyMap<string, string>;

/** A column with its spellings replaced. Values that become one stand several times in `values`. */
export function respell<Column extends Pick<TableColumn, 'values'>>(column: Column, spellings: Spellings): Column {
  if (spellings.size === 0) return column;
  return { ...column, values: column.values.map((value) => spellings.get(value) ?? value) };
}

/**
 * Spellings as one line, for settings and flags: `female=F|Female, male=M`. Signs of the notation within a spelling are
 * written as in web addresses (`%3D` for `=`).
 */
export function writeSpellings(spellings: Spellings): string {
  const from = new Map<string, string[]>();
  for (const [spelling, to] of spellings) from.set(to, [...(from.get(to) ?? []), spelling]);
  return [...from].map(([to, list]) => `${escape(to)}=${list.map(escape).join('|')}`).join(', ');
}

/** The inverse of {@link writeSpellings}; null for a text that is none. */
export function parseSpellings(text: string): Spellings | null {
  const spellings = new Map<string, string>();
  for (const part of text.split(',')) {
    const [to, list, ...rest] = part.split('=');
    if (to === undefined || list === undefined || rest.length > 0) return null;
    for (const spelling of list.split('|')) {
      const from = unescape(spelling);
      if (from === null || unescape(to) === null || spellings.has(from)) return null;
      spellings.set(from, unescape(to)!);
    }
  }
  return spellings;
}

function escape(text: string): string {
  return text.replaceAll(/[%=|,;]|^\s|\s$/g, (sign) => encodeURIComponent(sign));
}

function unescape(text: string): string | null {
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return null;
  }
}
