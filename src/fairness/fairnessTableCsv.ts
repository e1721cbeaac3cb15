import Papa from 'papaparse';
import type { FairnessTable } from './tableRows';

/**
 * The paper's table as one CSV with the same columns whatever was computed: numbers in full precision with ASCII minus,
 * empty where there is none.
 */
export function fairnessTableCsv({ groupNames, n, level, metrics, criteria }: FairnessTable): string {
  // The prefix also keeps a spreadsheet from running a name that begins with = as a formula.
  const group0 = `Group 0: ${groupNames[0]}`;
  const group1 = `Group 1: ${groupNames[1]}`;
  const fields = [
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
  const data = [
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
  return `${Papa.unparse({ fields, data }, { newline: '\n' })}\n`;
}
