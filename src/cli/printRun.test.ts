import { expect, it } from 'vitest';
import type { RunRecord } from '../recipe/runRecord';
import { findingRecord, madeArm } from '../testing/judgedRecord';
import { positiveHeadline, verdictTraps } from '../testing/verdictTraps';
import { printRun } from './printRun';
import { recordedOutput } from './testing/recordedOutput';

function print(record: RunRecord) {
  const { output, texts, events } = recordedOutput();
  printRun(record, output);
  return { text: texts.join('\n'), verdict: events.find(({ kind }) => kind === 'verdict') };
}

it('tells the verdict after the tables, and the chosen round by its name', () => {
  const { text, verdict } = print(findingRecord());
  expect(text).toContain(positiveHeadline);
  expect(text).toContain('SNNL-Fair, round 1 (chosen): ');
  expect(verdict).toMatchObject({ headline: 'gain', isPositive: true });
});

it.each(verdictTraps)('claims nothing of %s', (_, record, headline) => {
  const { text, verdict } = print(record);
  expect(text).not.toContain(positiveHeadline);
  expect(verdict).toMatchObject({ headline, isPositive: false });
});

it('an arm that did not run has dashes for numbers', () => {
  const { text } = print(findingRecord({ arms: [findingRecord().arms[0]!, madeArm('random', [])] }));
  expect(text).toMatch(/Random channels, did not run +– +– +– +– +–/);
});

it('a model that was trained on other data says so', () => {
  expect(print(findingRecord()).text).toContain('What data “mole net” was trained on is not known to the lab.');
});
