import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createInterrupt } from '../interrupt';
import { recordedOutput } from '../testing/recordedOutput';
import { runLine, type Typed } from '../testing/runLine';
import { auditTable } from './auditTable';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-audit-table-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(words: string[], flags: Typed['flags'] = {}) {
  const { output, texts, errors } = recordedOutput();
  const open = () => Promise.reject(new Error('The engine was opened.'));
  const code = await runLine(auditTable, { words, flags }, { output, interrupt: createInterrupt(), open });
  return { code, text: texts.join('\n'), errors };
}

it("prints the paper's impossible cells and writes every cell as CSV, Markdown and JSON", async () => {
  const { code, text } = await run(['paper'], { out: folder });
  expect(code).toBe(0);
  expect(text).toContain('27 impossible');
  expect(text).toMatch(/SCP-FairPrune +FATE Eopp0 +0\.9018 .*impossible/);
  expect(text).toContain('0.006 is printed, with which 6 are impossible');
  const csvText = await readFile(join(folder, 'table-audit.csv'), 'utf8');
  const csv = Papa.parse<Record<string, string>>(csvText.trim(), { header: true });
  expect(csv.data).toHaveLength(270);
  expect(csv.data.filter(({ Verdict }) => Verdict === 'impossible')).toHaveLength(27);
  expect(await readFile(join(folder, 'table-audit.md'), 'utf8')).toContain('| :-- |');
  const json = JSON.parse(await readFile(join(folder, 'table-audit.json'), 'utf8')) as { counts: unknown };
  expect(json.counts).toEqual({ exact: 181, possible: 62, impossible: 27, open: 0 });
});

it('audits a file against the baseline that is named, and refuses one that is not in it', async () => {
  const file = join(folder, 'table.md');
  await writeFile(file, '| Method | F1 | Eopp1 | FATE |\n|--|--|--|--|\n| A | .6 | .2 | .5 |\n| B | .5 | .4 | 0 |\n');
  expect((await run([file], { baseline: 'B' })).text).toContain('2 cells of 2 rows');
  const { code, errors } = await run([file], { baseline: 'C' });
  expect(code).toBe(1);
  expect(errors[0]).toMatchObject({ code: 'column-missing' });
  expect((await run([file], { lambda: 'two' })).code).toBe(2);
});
