import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { judgeRun } from '../../../recipe/judgeRun';
import { findingRecord } from '../../../testing/judgedRecord';
import { positiveHeadline, verdictTraps } from '../../../testing/verdictTraps';
import { Verdict } from './Verdict';

afterEach(cleanup);

it('says first what pruning changed, and what that comes to', () => {
  render(<Verdict verdict={judgeRun(findingRecord(), 'validation')} />);
  const [lead] = screen.getByRole('region', { name: 'What this run shows' }).children;
  expect(lead!.textContent).toMatch(
    new RegExp(`^Pruning 4 channels changed 1 of 8 predictions beyond fine-tuning\\. ${positiveHeadline}`),
  );
});

it.each(verdictTraps)('claims nothing of %s', (_, record) => {
  render(<Verdict verdict={judgeRun(record, 'validation')} />);
  expect(screen.getByRole('region', { name: 'What this run shows' }).textContent).not.toContain(positiveHeadline);
});
