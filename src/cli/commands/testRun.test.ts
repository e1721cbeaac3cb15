import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LabError } from '../../foundation/labError';
import { formatRunRecord, parseRunRecord } from '../../recipe/parseRunRecord';
import { handMadeRecord, withTestLook } from '../../testing/handMadeRecord';
import { createInterrupt } from '../interrupt';
import { fakeLab } from '../testing/fakeLab';
import { recordedOutput } from '../testing/recordedOutput';
import { runLine } from '../testing/runLine';
import { testRun } from './testRun';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const once = withTestLook(handMadeRecord());
const confirmed = { 'yes-open-the-test-split': true } as const;

async function look(word: string, flags: Record<string, true> = confirmed) {
  const { output, texts, events, errors } = recordedOutput();
  const asked: object[] = [];
  const { lab, started } = fakeLab({
    readRun(_partial, params) {
      if ((params as { runId: string }).runId === once.id) return once;
      throw new LabError({ code: 'run-not-found', message: 'It is not stored.', hint: 'Choose another run.' });
    },
    importRecord: () => once,
    openTestSplit(_partial, params) {
      asked.push(params);
      return withTestLook(once);
    },
  });
  const shell = { output, interrupt: createInterrupt(), open: async () => lab };
  const code = await runLine(testRun, { words: [word], flags }, shell);
  return { code, text: texts.join('\n'), events, errors, started, asked };
}

it('looks at the test split of a stored run, and says how often that was done', async () => {
  const { code, text, events, asked } = await look(once.id);
  expect(code).toBe(0);
  expect(asked).toEqual([{ runId: once.id }]);
  expect(text).toContain('test split.');
  expect(text).toContain('Unpruned model');
  expect(text).toContain('The test split of this run has been looked at 2 times.');
  expect(events).toContainEqual(expect.objectContaining({ kind: 'testLook', looks: 2 }));
  expect(events).toContainEqual(expect.objectContaining({ kind: 'verdict' }));
});

it('a run’s folder gets the look into its record, and those that it had stay counted', async () => {
  await writeFile(join(folder, 'run.json'), formatRunRecord(once));
  const { code, started } = await look(folder);
  expect(code).toBe(0);
  expect(started).toEqual(['readRun', 'importRecord', 'openTestSplit']);
  expect(parseRunRecord(await readFile(join(folder, 'run.json'), 'utf8')).testLooks).toHaveLength(2);
});

it('without the confirmation nothing is opened, and it is said which look it would be', async () => {
  await writeFile(join(folder, 'run.json'), formatRunRecord(once));
  const { code, errors, started } = await look(folder, {});
  expect([code, started]).toEqual([2, []]);
  expect(errors[0]).toMatchObject({
    message: expect.stringContaining('This would be look 2.'),
    hint: expect.stringContaining('--yes-open-the-test-split'),
  });
});

it('a run that is not stored, and a path that is no run, are refused by name', async () => {
  const unknown = await look('nobody');
  expect(unknown.errors[0]).toMatchObject({ code: 'run-not-found', hint: expect.stringContaining('--store') });
  expect(unknown.started).not.toContain('openTestSplit');
  const none = await look(folder);
  expect([none.code, none.errors[0]!.message]).toEqual([2, `${folder} is no run.`]);
});
