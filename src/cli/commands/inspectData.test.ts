import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInterrupt } from '../interrupt';
import { fakeLab } from '../testing/fakeLab';
import { recordedOutput } from '../testing/recordedOutput';
import { runLine } from '../testing/runLine';
import { samplePlan } from '../testing/samplePlan';
import { inspectData } from './inspectData';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'lab-inspect-'));
});
afterEach(() => rm(folder, { recursive: true }));

const summary = {
  imageCount: 3,
  imageExamples: [],
  tables: [],
  format: null,
  predictionTables: [],
  suggestion: null,
  ignoredFiles: [],
  findings: [],
};
const cell = [[1, 0]];
const preview = {
  columns: [],
  rows: { total: 4, used: 3, leftOut: [{ kind: 'label-missing', count: 1 }] },
  images: { total: 3, used: 3, leftOut: [] },
  classNames: ['naevus'],
  groupNames: ['f', 'm'],
  counts: [cell, cell, cell],
  unknownGroupCount: 0,
  answered: [],
  findings: [],
  problem: null,
  samples: null,
};

async function inspect(previewed: object) {
  const file = joinPath(folder, 'mapping.json');
  await writeFile(file, JSON.stringify(samplePlan));
  const { output, texts, events } = recordedOutput();
  const asked: object[] = [];
  const { lab } = fakeLab({
    inspectFiles: () => summary,
    previewMapping(_partial, params) {
      asked.push(params);
      return previewed;
    },
  });
  const shell = { output, interrupt: createInterrupt(), open: async () => lab };
  const code = await runLine(inspectData, { words: [folder], flags: { mapping: file } }, shell);
  return { code, text: texts.join('\n'), events, asked };
}

it('a mapping file is tried on the files: its counts stand in place of a suggestion', async () => {
  const { code, text, events, asked } = await inspect(preview);
  const { join, mapping, split } = samplePlan;
  expect(code).toBe(0);
  expect(asked).toEqual([{ source: { kind: 'inspected', join }, mapping, split }]);
  expect(text).toContain('4 rows: 3 used, 1 label-missing');
  expect(text).toMatch(/naevus +1 +0/);
  expect(text).not.toContain('suggest');
  expect(events).toContainEqual(expect.objectContaining({ kind: 'mappingPreview', unknownGroupCount: 0 }));
});

it('why the files cannot be used so is said beside the counts', async () => {
  const problem = { code: 'too-few-classes', message: 'There is one class.', hint: 'Use more.' };
  expect((await inspect({ ...preview, problem })).text).toContain('The mapping cannot be used so. There is one class.');
});
