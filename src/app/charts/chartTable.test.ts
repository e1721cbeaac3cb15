import { expect, it } from 'vitest';
import { chartTableToCsv, withOrigin } from './chartTable';

it('writes full precision, quotes what needs it and leaves undefined cells empty', () => {
  const csv = chartTableToCsv({
    columns: ['arm', 'FATE'],
    rows: [
      ['a, "b"', 0.123456789],
      ['c', null],
      ['d', Number.NaN],
    ],
  });
  expect(csv).toBe('arm,FATE\n"a, ""b""",0.123456789\nc,\nd,\n');
});

it('says in every row that the numbers were not computed here, and nothing of those that were', () => {
  const table = {
    columns: ['round', 'FATE'],
    rows: [
      [0, 0.5],
      [1, null],
    ],
  };
  expect(chartTableToCsv(withOrigin(table, 'not computed here'))).toBe(
    'round,FATE,origin\n0,0.5,not computed here\n1,,not computed here\n',
  );
  expect(withOrigin(table, '')).toBe(table);
  const byRun = {
    columns: ['run', 'origin'],
    rows: [
      ['a', ''],
      ['b', 'not computed here'],
    ],
  };
  expect(withOrigin(byRun, '1 of 2 runs not computed here')).toBe(byRun);
});
