import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Command, CommandLine } from '../commandLine';
import { createInterrupt } from '../interrupt';
import { runCommand } from '../runCommand';
import { recordedOutput } from '../testing/recordedOutput';
import { audit } from './audit';
import { importData } from './importData';
import { inspectData } from './inspectData';
import { inspectModel } from './inspectModel';
import { run } from './run';
import { score } from './score';
import { splitData } from './splitData';
import { verify } from './verify';

let folder = '';
const config = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-usage-'));
  const data = { imageSize: 32 };
  await writeFile(config('trained.json'), '{}');
  await writeFile(config('sized.json'), JSON.stringify({ data, model: { architecture: 'small-cnn' } }));
  await writeFile(config('file.json'), JSON.stringify({ model: { file: 'none.zip' } }));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a command that must be refused before an engine opens. */
async function refusal(command: Command, words: string[], flags: CommandLine['flags'] = {}) {
  const { output, errors } = recordedOutput();
  const open = () => Promise.reject(new Error('The engine was opened.'));
  const code = await runCommand(command, { words, flags }, { output, interrupt: createInterrupt(), open });
  return { code, message: errors[0]!.message };
}

it.each<[string, Command, string[], CommandLine['flags']]>([
  ['audit', audit, ['none.csv'], {}],
  ['run', run, ['none.json'], { out: 'out' }],
  ['score --data', score, [], { data: 'none' }],
  ['score --model', score, [], { model: 'none.zip' }],
  ['data inspect', inspectData, ['none'], {}],
  ['data import', importData, ['none'], {}],
  ['data import --mapping', importData, ['.'], { mapping: 'none.json' }],
  ['data split', splitData, ['none'], {}],
  ['model inspect', inspectModel, ['none.zip'], {}],
  ['verify', verify, ['none'], {}],
])('%s with a path that is not there ends with 2 and names it', async (_, command, words, flags) => {
  const { code, message } = await refusal(command, words, flags);
  expect(code).toBe(2);
  expect(message).toMatch(/no such file or folder: none/);
});

it('run with a model file that is not there ends with 2 and names it', async () => {
  const { code, message } = await refusal(run, [config('file.json')], { out: folder });
  expect(code).toBe(2);
  expect(message).toContain('none.zip');
});

it('--seed that is no number ends with 2', async () => {
  expect(await refusal(score, [], { seed: 'abc' })).toMatchObject({
    code: 2,
    message: expect.stringContaining('--seed abc'),
  });
});

it.each<[string, string, CommandLine['flags'], string]>([
  ['beside the demo', 'trained.json', { image: '32', data: 'demo' }, '--image'],
  ['beside a ready model', 'trained.json', { image: '32', data: '.' }, '--image'],
  ['beside the same setting', 'sized.json', { image: '32', data: '.' }, '--image'],
  ['in the settings, beside the demo', 'sized.json', { data: 'demo' }, '"data.imageSize"'],
])('an image size %s is refused, since it would have no effect', async (_, file, flags, name) => {
  const { code, message } = await refusal(run, [config(file)], { ...flags, out: folder });
  expect(code).toBe(2);
  expect(message).toContain(`${name} would have no effect`);
});

it.each([
  ['no JSON', '{', 'this is not JSON'],
  ['no join', '{"mapping": 1}', '"join"'],
  ['an unknown field', JSON.stringify({ join: { table: 'a', imageColumns: ['b'], joins: [], more: 1 } }), '"join"'],
])('a mapping file with %s ends with 2 and names the field', async (_, text, named) => {
  await writeFile(config('mapping.json'), text);
  const { code, message } = await refusal(splitData, ['.'], { mapping: config('mapping.json') });
  expect(code).toBe(2);
  expect(message).toContain(named);
});

it('Ctrl-C while an audit reads its file ends it with 130', async () => {
  const file = config('predictions.csv');
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 2},${i % 2},${i % 4 < 2 ? 'f' : 'm'}`);
  await writeFile(file, `label,prediction,sex\n${rows.join('\n')}\n`);
  const { output, texts } = recordedOutput();
  const interrupt = createInterrupt();
  const open = () => Promise.reject(new Error('The engine was opened.'));
  const running = runCommand(audit, { words: [file], flags: {} }, { output, interrupt, open });
  interrupt.send();
  expect(await running).toBe(130);
  expect(texts).toEqual([]);
});
