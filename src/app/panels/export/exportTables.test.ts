import { expect, it } from 'vitest';
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
