import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInterrupt } from '../interrupt';
import { fakeLab } from '../testing/fakeLab';
import { recordedOutput } from '../testing/recordedOutput';
import { runLine } from '../testing/runLine';
import { inspectData } from './inspectData';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-inspect-'));
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
const mapping = {
  version: 1,
  format: null,
  label: { columns: ['label'], merge: {}, minClassSize: 1 },
  group: { column: 'sex', rule: { kind: 'cut', from: 40, above: 1 }, names: ['young', 'old'], missing: 'exclude' },
  clusterColumn: null,
  givenSplit: null,
};
const plan = {
  join: { table: 't.csv', imageColumns: ['image'], joins: [] },
  mapping,
  split: { trainRatio: 0.5, validationRatio: 0.25, testRatio: 0.25, seed: 4 },
};
const cell = [[1, 0]];
const preview = {
  columns: [],
  rows: { total: 4, used: 3, leftOut: [{ kind: 'label-missing', count: 1 }] },
  images: { total: 3, used: 3, leftOut: [] },
  classNames: ['naevus'],
  groupNames: ['young', 'old'],
  counts: [cell, cell, cell],
  unknownGroupCount: 0,
  answered: [],
  findings: [],
  problem: null,
  samples: null,
};

async function inspect(previewed: object) {
  const file = join(folder, 'mapping.json');
  await writeFile(file, JSON.stringify(plan));
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
  expect(code).toBe(0);
  expect(asked).toEqual([{ source: { kind: 'inspected', join: plan.join }, mapping, split: plan.split }]);
  expect(text).toContain('4 rows: 3 used, 1 label-missing');
  expect(text).toMatch(/naevus +1 +0/);
  expect(text).not.toContain('suggest');
  expect(events).toContainEqual(expect.objectContaining({ kind: 'mappingPreview', unknownGroupCount: 0 }));
});

it('why the files cannot be used so is said beside the counts', async () => {
  const problem = { code: 'too-few-classes', message: 'There is one class.', hint: 'Use more.' };
  expect((await inspect({ ...preview, problem })).text).toContain('The mapping cannot be used so. There is one class.');
});
