import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkTableCases } from './tableCases';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-table-cases-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** 40 rows, every fifth prediction wrong, and sexes in turns of two. */
const rows = Array.from({ length: 40 }, (_, i) => {
  const label = i % 2;
  return { label, prediction: i % 5 ? label : 1 - label, sex: i % 4 < 2 ? 'f' : 'm' };
});
const csv = (sexOf: (sex: string, index: number) => string = (sex) => sex) =>
  [
    'label,prediction,sex',
    ...rows.map(({ label, prediction, sex }, i) => `${label},${prediction},${sexOf(sex, i)}`),
  ].join('\n');
const reading = { rows: 40, samples: 40, leftOut: 0, classes: ['0', '1'], accuracy: 0.8, groups: { f: 20, m: 20 } };
const set = ['image,dx,sex', ...rows.map(({ label, sex }, i) => `${i},${label ? 'mel' : 'nev'},${sex}`)].join('\n');

async function write(path: string, content: string) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

it('tells readings that are equal from other ones, questions and refusals, of predictions and of sets', async () => {
  await write('audit/equal.csv', csv());
  await write('audit/other.csv', csv());
  await write(
    'audit/asks.csv',
    csv((sex, i) => (i < 20 ? sex : sex.toUpperCase())),
  );
  await write('audit/refused.csv', 'PAR1\u0000');
  await write('audit/must.csv', 'PAR1\u0000');
  await write('audit/new.csv', csv());
  await write('data/set/labels.csv', set);
  for (const index of rows.keys())
    await write(`data/set/images/${String(index).padStart(5, '0')}.jpg`, `image ${index}`);
  await write('data/set/.ipynb_checkpoints/1-checkpoint.jpg', 'x');
  const expected = {
    'audit/equal.csv': reading,
    'audit/other.csv': { ...reading, accuracy: 0.75 },
    'audit/asks.csv': reading,
    'audit/refused.csv': reading,
    'audit/must.csv': { ...reading, mustRead: true },
    'data/set': { used: 40, classes: ['mel', 'nev'] },
  };
  await write('expected.json', JSON.stringify(expected));
  const found = await checkTableCases(folder);
  expect(found.map(({ file, verdict }) => [file, verdict])).toEqual([
    ['audit/asks.csv', 'asks'],
    ['audit/equal.csv', 'equal'],
    ['audit/must.csv', 'silent'],
    ['audit/new.csv', 'unjudged'],
    ['audit/other.csv', 'silent'],
    ['audit/refused.csv', 'refused'],
    ['data/set', 'equal'],
  ]);
  expect(found[0]!.got).toContain('asks for spelling:sex; then 40 of 40 rows');
  expect(found[4]!.got).toContain('differs: accuracy');
});
