import { expect, it } from 'vitest';
import { handMadeRecord } from '../testing/handMadeRecord';
import { describeOrigin, originWords, originWordsOf } from './describeOrigin';
import { markImported } from './markImported';
import { scoresCsv } from './scoresCsv';

const at = '2026-02-01T23:30:00.000Z';

it('a run that was computed here has nothing said of it', () => {
  expect(describeOrigin(handMadeRecord())).toBeNull();
  expect(originWords(handMadeRecord())).toBe('');
});

it('a run from a file says since when it is here, what follows from its counts and what does not', () => {
  const record = markImported(handMadeRecord(), at);
  expect(describeOrigin(record)).toBe(
    'Not computed here: this run was read from a file on 1 February 2026. F1, gaps and FATE follow from the counts in the file; intervals, noise floors and scores are as the file says.',
  );
  expect(scoresCsv(record).split('\n')[1]).toBe('unpruned,0,conv2,0,0.5,0.01,2,,not computed here');
});

it('of several runs it says how many', () => {
  const [own, foreign] = [handMadeRecord(), markImported(handMadeRecord(), at)];
  const merged = { origin: { kind: 'merged', at } } as const;
  expect(originWordsOf([])).toBe('');
  expect(originWordsOf([own, own])).toBe('');
  expect(originWordsOf([foreign])).toBe('not computed here');
  expect(originWordsOf([own, foreign, foreign])).toBe('2 of 3 runs not computed here');
  expect(originWordsOf([merged, own, foreign])).toBe('2 of 3 runs not all computed here');
});

it('a run with looks from a file says that they are', () => {
  expect(describeOrigin({ origin: { kind: 'merged', at } })).toMatch(/^Not all computed here: looks at the test split/);
});
