import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { markImported } from '../../../recipe/markImported';
import { fakeRecord, withFakeLook } from '../../testing/fakeData';
import { writeTables } from './exportTables';

it('writes one CSV with one header, the model in the first column of every row', () => {
  const lines = writeTables(fakeRecord(), 'csv').trimEnd().split('\n');
  expect(lines[0]).toMatch(/^Model,Row,/);
  expect(lines.filter((line) => line.startsWith('Model,'))).toHaveLength(1);
  expect(lines[1]).toMatch(/^"Unpruned, validation split",Precision,/);
  // Unpruned and three arms, each with three metrics, three criteria and the sample sizes.
  expect(lines).toHaveLength(1 + 4 * 7);
});

it('adds the last look at the test split', () => {
  const text = writeTables(withFakeLook(fakeRecord()), 'markdown');
  expect(text).toContain('**SNNL-Fair, round 2 (chosen, best of 2), validation split**');
  expect(text).toContain('**SNNL-Fair, round 2 (chosen, best of 2), look 1, test split**');
});

it('a run that was read from a file says so above every table and in every row', () => {
  const record = markImported(fakeRecord(), '2026-02-01T10:00:00.000Z');
  expect(writeTables(record, 'markdown').match(/\*\*.*, validation split, not computed here\*\*/g)).toHaveLength(4);
  const rows = writeTables(record, 'csv').trimEnd().split('\n').slice(1);
  expect(rows.every((row) => row.includes('not computed here'))).toBe(true);
});

it('a group whose name breaks a line stays in its column', () => {
  const record = fakeRecord();
  const named = { ...record, dataset: { ...record.dataset, groupNames: ['a\nb', '"c", d'] as [string, string] } };
  const { data } = Papa.parse<string[]>(writeTables(named, 'csv').trimEnd());
  expect(data[0]!.slice(0, 4)).toEqual(['Model', 'Row', 'Group 0: a\nb', 'Group 1: "c", d']);
  expect(new Set(data.map((row) => row.length))).toEqual(new Set([data[0]!.length]));
});
