import { cellText, type Table, type TableColumn } from '../../tables/table';
import { countSetAside, rowsSetAsideKinds, setAsideWords } from '../../tables/tableFinding';

export type ExclusionReason =
  | 'labelMissing'
  | 'predictionMissing'
  | 'scoreMissing'
  | 'baselineMissing'
  | 'classLeftOut'
  | 'groupMissing';

/** What each reason means, for a reader. */
export const exclusionWords: Record<ExclusionReason, string> = {
  labelMissing: 'no label',
  predictionMissing: 'no prediction',
  scoreMissing: 'no score of a class',
  baselineMissing: 'no prediction of the baseline',
  classLeftOut: 'a predicted class that was left out',
  groupMissing: 'no value of a sensitive attribute',
};

/** `total` is `used` and the counts of `leftOut`, always. */
export interface RowTally {
  total: number;
  used: number;
  leftOut: { reason: string; count: number; examples: string[] }[];
}

const maxExamples = 10;

/** Rows by what becomes of them. */
export interface SortedRows {
  /** Rows that are used. */
  rows: number[];
  excluded: Record<ExclusionReason, number>;
  /** The first rows that are left out, by reason: number, and the cell that says so. */
  examples: Record<ExclusionReason, string[]>;
}

/** Why a row is left out, and the column whose cell says so. */
export interface Exclusion {
  reason: ExclusionReason;
  column?: TableColumn;
}

/** @param exclusionOf why a row is left out; null for one that is used */
export function sortRows(table: Table, exclusionOf: (row: number) => Exclusion | null): SortedRows {
  const excluded: SortedRows['excluded'] = {
    labelMissing: 0,
    predictionMissing: 0,
    scoreMissing: 0,
    baselineMissing: 0,
    classLeftOut: 0,
    groupMissing: 0,
  };
  const examples: SortedRows['examples'] = {
    labelMissing: [],
    predictionMissing: [],
    scoreMissing: [],
    baselineMissing: [],
    classLeftOut: [],
    groupMissing: [],
  };
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    const exclusion = exclusionOf(row);
    if (exclusion === null) rows.push(row);
    else {
      const { reason, column } = exclusion;
      excluded[reason]++;
      const text = column ? cellText(column, row) : '';
      const example = `row ${table.rowNumbers[row]}${text === '' ? '' : `: ${text}`}`;
      if (examples[reason].length < maxExamples) examples[reason].push(example);
    }
  }
  return { rows, excluded, examples };
}

/** What became of every row of the file: those that were set aside when it was read among them. */
export function tallyRows(table: Table, { rows, excluded, examples }: SortedRows): RowTally {
  const setAside = rowsSetAsideKinds.flatMap((kind) => {
    const finding = table.findings.find((each) => each.kind === kind);
    return finding ? [{ reason: setAsideWords[kind], count: finding.count, examples: finding.examples }] : [];
  });
  const reasons = Object.entries(excluded).flatMap(([name, count]) => {
    const reason = name as ExclusionReason;
    if (count === 0) return [];
    return [{ reason: exclusionWords[reason], count, examples: examples[reason] }];
  });
  return {
    total: table.rowCount + countSetAside(table.findings),
    used: rows.length,
    leftOut: [...setAside, ...reasons],
  };
}
