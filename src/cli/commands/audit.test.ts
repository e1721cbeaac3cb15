import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createInterrupt } from '../interrupt';
import { recordedOutput } from '../testing/recordedOutput';
import { runLine, type Typed } from '../testing/runLine';
import { audit } from './audit';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-audit-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(words: string[], flags: Typed['flags'] = {}) {
  const { output, texts, errors } = recordedOutput();
  const open = () => Promise.reject(new Error('The engine was opened.'));
  const code = await runLine(audit, { words, flags }, { output, interrupt: createInterrupt(), open });
  return { code, text: texts.join('\n'), errors };
}

/** 60 samples in three skin groups and two sexes; one has no sex. Every third prediction is wrong. */
async function predictionsFile(name: string, wrongEvery: number): Promise<string> {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const label = Math.floor(i / 3) % 2;
    const sex = i === 7 ? '' : i % 5 < 2 ? 'f' : 'm';
    return `${label},${i % wrongEvery === 0 ? 1 - label : label},${['I', 'III', 'VI'][i % 3]},${sex}`;
  });
  const path = join(folder, name);
  await writeFile(path, `label,prediction,skin,sex\n${rows.join('\n')}\n`);
  return path;
}

const quick = { replicates: '50', permutations: '50' };

it('audits two attributes and their intersection against a baseline, and writes all of it', async () => {
  const [model, baseline] = [await predictionsFile('model.csv', 4), await predictionsFile('base.csv', 3)];
  const out = join(folder, 'out');
  const { code, text } = await run([model], { ...quick, attr: 'skin,sex', baseline, out, 'min-group': '9' });
  expect(code).toBe(0);
  expect(text).toContain('skin: 3 groups, 59 samples');
  expect(text).toContain('sex: 2 groups, 59 samples');
  expect(text).toMatch(/skin × sex: \d groups/);
  expect(text).toContain('Groups left out with fewer than 9 samples: ');
  expect(text).toContain('1 rows left out: no value of a sensitive attribute.');
  const { audits } = JSON.parse(await readFile(join(out, 'audit.json'), 'utf8')) as {
    audits: { attribute: string; analysis: { n: number; leftOut: { n: number }[] } }[];
  };
  const cross = audits.find(({ attribute }) => attribute === 'skin × sex')!.analysis;
  expect(cross.n + cross.leftOut.reduce((sum, { n }) => sum + n, 0)).toBe(59);
  expect(await readFile(join(out, 'audit.md'), 'utf8')).toContain('## skin × sex');
  expect((await readFile(join(out, 'audit.csv'), 'utf8')).split('\n')[0]).toContain('Attribute,Model,Statistic');
});

it('refuses an interval method that there is not, before it reads anything', async () => {
  const { code, errors } = await run(['none.csv'], { method: 'exact' });
  expect(code).toBe(2);
  expect(errors[0]!.message).toContain('"exact"');
});

it('stops for what a file leaves open, and goes on as the answers say', async () => {
  const file = join(folder, 'typo.csv');
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${i % 2 ? 'mel' : 'nev'},${i % 2 ? (i === 1 ? 'mell' : 'mel') : 'nev'},${i % 4 < 2 ? 'f' : 'm'}`,
  );
  await writeFile(file, `label,prediction,sex\n${rows.join('\n')}\n`);
  const stopped = await run([file], quick);
  expect(stopped.code).toBe(2);
  expect(stopped.errors[0]).toMatchObject({ code: 'needs-answers', questions: [{ key: 'class:mell' }] });
  const answered = await run([file], { ...quick, assume: 'class:mell=class=mel' });
  expect(answered.text).toContain('40 of 40 rows used; label from label, prediction from prediction, groups from sex.');
  expect(answered.text).toContain('Confirmed by you: The class "mell" is predicted');
  expect(answered.text).toContain('1 row whose predicted class was read as another one. ("mell" as "mel")');
  const answers = join(folder, 'answers.json');
  await writeFile(answers, JSON.stringify({ 'class:mell': 'leave-out' }));
  expect((await run([file], { ...quick, assume: answers })).text).toContain('39 of 40 rows used');
});

it('reads a column of probabilities by the threshold given, and refuses one that is none', async () => {
  const file = join(folder, 'probabilities.csv');
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 2};0,${i % 2 ? 6 : 3};${i % 4 < 2 ? 'f' : 'm'}`);
  await writeFile(file, `y_true;y_prob;sex\n${rows.join('\n')}\n`);
  expect((await run([file], { ...quick, threshold: '0.7' })).text).toContain('prediction 1 where y_prob ≥ 0.7');
  const { code, errors } = await run([file], { threshold: '7' });
  expect([code, errors[0]!.message]).toEqual([2, '--threshold 7 is no number above 0 and up to 1.']);
});
