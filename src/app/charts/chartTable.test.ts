import { expect, it } from 'vitest';
import { chartTableToCsv } from './chartTable';

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
