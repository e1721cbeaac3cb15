import { expect, it } from 'vitest';
import { demoBaselineFile } from './demoBaselines';

it('each position of the dial has a file of its own', () => {
  expect([0, 0.25, 0.5, 0.75, 1].map(demoBaselineFile)).toEqual([
    'baseline-0.zip',
    'baseline-0.25.zip',
    'baseline-0.5.zip',
    'baseline-0.75.zip',
    'baseline-1.zip',
  ]);
});

it('a bias between two positions is refused, not answered with the nearest network', () => {
  expect(() => demoBaselineFile(0.3)).toThrow(
    expect.objectContaining({ code: 'config-invalid', message: expect.stringContaining('0, 0.25, 0.5, 0.75, 1') }),
  );
});
