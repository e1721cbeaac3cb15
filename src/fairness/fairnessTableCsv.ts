import { type CsvCell, writeCsv } from '../foundation/escape/writeCsv';
import type { FairnessTable } from './tableRows';

/**
 * The paper's table as one CSV with the same columns whatever was computed: numbers in full precision with ASCII minus,
 * empty where there is none.
 */
export function fairnessTableCsv(table: FairnessTable): string {
  const { columns, rows } = fairnessTableCells(table);
  return writeCsv(columns, rows);
}

/** The columns and rows of {@link fairnessTableCsv}. */
export function fairnessTableCells({ groupNames, n, level, metrics, criteria }: FairnessTable): {
  columns: string[];
  rows: CsvCell[][];
} {
  const group0 = `Group 0: ${groupNames[0]}`;
  const group1 = `Group 1: ${groupNames[1]}`;
  const columns = [
    'Row',
    group0,
    group1,
    'Avg',
    'Avg low',
    'Avg high',
    'Diff',
    'Diff low',
    'Diff high',
    'Value',
    'Low',
    'High',
    'Noise floor q95',
    'Above noise floor',
    'FATE',
    'FATE low',
    'FATE high',
    'Level',
  ];
  const data: Record<string, CsvCell>[] = [
    ...metrics.map((row) => ({
      Row: row.name,
      [group0]: row.group0,
      [group1]: row.group1,
      Avg: row.avg,
      'Avg low': row.avgInterval?.low,
      'Avg high': row.avgInterval?.high,
      Diff: row.diff,
      'Diff low': row.diffInterval?.low,
      'Diff high': row.diffInterval?.high,
      Level: row.avgInterval ? level : null,
    })),
    ...criteria.map((row) => ({
      Row: row.name,
      Value: row.value,
      Low: row.interval?.low,
      High: row.interval?.high,
      'Noise floor q95': row.noiseFloorQ95,
      'Above noise floor': row.aboveFloor,
      FATE: row.fate,
      'FATE low': row.fateInterval?.low,
      'FATE high': row.fateInterval?.high,
      Level: row.interval ? level : null,
    })),
    { Row: 'N', [group0]: n.group0, [group1]: n.group1 },
  ];
  return { columns, rows: data.map((row) => columns.map((column) => row[column])) };
}
