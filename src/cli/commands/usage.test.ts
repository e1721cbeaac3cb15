import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultDemoSettings } from '../../dataset/stored/dataset';
import { handMadeRecord } from '../../testing/handMadeRecord';
import type { Command } from '../commandLine';
import { createInterrupt } from '../interrupt';
import { recordedOutput } from '../testing/recordedOutput';
import { runLine, type Typed } from '../testing/runLine';
import { samplePlan } from '../testing/samplePlan';
import { audit } from './audit';
import { convertModel } from './convertModel';
import { exportRunModel } from './exportRunModel';
import { importData } from './importData';
import { inspectData } from './inspectData';
import { inspectModel } from './inspectModel';
import { predictImages } from './predictImages';
import { pruneModel } from './pruneModel';
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
  await writeFile(config('between.json'), JSON.stringify({ data: { demo: { ...defaultDemoSettings, bias: 0.3 } } }));
  await writeFile(config('file.json'), JSON.stringify({ model: { file: 'none.zip' } }));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a command that must be refused before an engine opens. */
async function refusal(command: Command, words: string[], flags: Typed['flags'] = {}) {
  const { output, errors } = recordedOutput();
  const open = () => Promise.reject(new Error('The engine was opened.'));
  const code = await runLine(command, { words, flags }, { output, interrupt: createInterrupt(), open });
  return { code, message: errors[0]!.message };
}

it.each<[string, Command, string[], Typed['flags']]>([
  ['audit', audit, ['none.csv'], {}],
  ['run', run, ['none.json'], { out: 'out' }],
  ['score --data', score, [], { data: 'none' }],
  ['score --model', score, [], { model: 'none.zip' }],
  ['data inspect', inspectData, ['none'], {}],
  ['data import', importData, ['none'], {}],
  ['data import --mapping', importData, ['.'], { mapping: 'none.json' }],
  ['data split', splitData, ['none'], {}],
  ['model inspect', inspectModel, ['none.zip'], {}],
  ['model convert', convertModel, ['none.pth'], { out: 'out' }],
  ['model prune', pruneModel, ['none.pth'], { channels: '1', out: 'out' }],
  ['model prune --scores', pruneModel, ['demo'], { ratio: '0.1', scores: 'none.csv', out: 'out' }],
  ['model predict --images', predictImages, ['demo'], { images: 'none' }],
  ['model export', exportRunModel, ['none'], { out: 'out' }],
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

it('the demo at a bias that no network was trained at is refused before an engine opens', async () => {
  expect(await refusal(run, [config('between.json')], { out: folder })).toMatchObject({
    code: 2,
    message: expect.stringContaining('There is no trained network for the demo at bias 0.3'),
  });
});

it('run with a plan that does not fit its images ends with 2 before any image is read, and names the step', async () => {
  const deep = [1, 2, 3, 4].map(() => ({ kind: 'max-pooling', size: 4 }));
  const model = { architecture: { plan: [...deep, { kind: 'flatten' }] } };
  await writeFile(config('plan.json'), JSON.stringify({ model }));
  const { code, message } = await refusal(run, [config('plan.json')], { data: 'demo', out: folder });
  expect(code).toBe(2);
  expect(message).toMatch(/plan\.json: Step 4: the maps are 1×1 here, too small for a pooling of 4\.$/);
});

it('--seed that is no number ends with 2', async () => {
  expect(await refusal(score, [], { seed: 'abc' })).toMatchObject({
    code: 2,
    message: expect.stringContaining('--seed abc'),
  });
});

it.each<[string, string, Typed['flags'], string]>([
  ['beside the demo', 'trained.json', { image: '32', data: 'demo' }, '--image'],
  ['beside a ready model', 'trained.json', { image: '32', data: '.' }, '--image'],
  ['beside the same setting', 'sized.json', { image: '32', data: '.' }, '--image'],
  ['in the settings, beside the demo', 'sized.json', { data: 'demo' }, '"data.imageSize"'],
])('an image size %s is refused, since it would have no effect', async (_, file, flags, name) => {
  const { code, message } = await refusal(run, [config(file)], { ...flags, out: folder });
  expect(code).toBe(2);
  expect(message).toContain(`${name} would have no effect`);
});

it('a mapping is refused by name beside the demo and beside the same settings', async () => {
  const split = { trainRatio: 0.6, validationRatio: 0.2, testRatio: 0.2, seed: 1 };
  await writeFile(config('split.json'), JSON.stringify({ data: { split } }));
  const flags = { mapping: 'm.json', out: folder };
  expect(await refusal(score, [], { mapping: 'm.json' })).toMatchObject({
    code: 2,
    message: expect.stringContaining('--mapping would have no effect'),
  });
  const message = expect.stringContaining('--mapping would have no effect here: "data.split" is set as well');
  expect(await refusal(run, [config('split.json')], { ...flags, data: '.' })).toMatchObject({ code: 2, message });
});

it('a run is as strict with the split of a mapping file as with that of its settings', async () => {
  const plan = { ...samplePlan, split: { ...samplePlan.split, testRatio: 0 } };
  await writeFile(config('no-test.json'), JSON.stringify(plan));
  const flags = { mapping: config('no-test.json'), data: '.', out: folder };
  const { code, message } = await refusal(run, [config('trained.json')], flags);
  expect(code).toBe(2);
  expect(message).toMatch(/no-test\.json: the setting "split\.testRatio" is not valid/);
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
  const running = runLine(audit, { words: [file], flags: {} }, { output, interrupt, open });
  interrupt.send();
  expect(await running).toBe(130);
  expect(texts).toEqual([]);
});

it.each<[string, Command, Typed['flags'], string]>([
  ['pruning without channels', pruneModel, { out: 'out' }, 'Which channels go is not clear'],
  ['pruning by channels and ratio', pruneModel, { channels: '1', ratio: '0.1' }, 'Which channels go is not clear'],
  ['a ratio without scores', pruneModel, { ratio: '0.1', out: 'out' }, 'Where the scores for --ratio come from'],
  ['data beside channels', pruneModel, { channels: '1', data: 'demo' }, '--data would have no effect'],
  ['a layer beside named layers', pruneModel, { channels: 'a=1', layer: 'b' }, '--layer would have no effect'],
  ['pruning without a place for the model', pruneModel, { channels: '1' }, '--out is missing'],
  ['a mode that is none', pruneModel, { channels: '1', mode: 'half', out: 'out' }, '--mode cannot be "half"'],
  [
    'converting to a format that is none',
    convertModel,
    { format: 'tflite', out: 'out' },
    '--format cannot be "tflite"',
  ],
  ['converting to nowhere', convertModel, {}, '--out is missing'],
  ['a preprocessing that is none', inspectModel, { preprocessing: 'x' }, '--preprocessing cannot be "x"'],
  ['a fit that is none', importData, { fit: 'stretch' }, '--fit cannot be "stretch"'],
  ['a margin without cropping', importData, { fit: 'pad', margin: '0.1' }, '--margin would have no effect'],
  ['a margin above one half', importData, { fit: 'crop', margin: '0.6' }, '--margin 0.6 is no number from 0 to 0.5'],
  ['a grey without padding', predictImages, { images: 'x', fill: '0' }, '--fill would have no effect'],
  ['a grey above white', importData, { fit: 'pad', fill: '256' }, '--fill'],
  ['predicting nothing', predictImages, {}, 'What to predict is not clear'],
  ['predicting the test split', predictImages, { data: 'demo', split: 'test' }, 'The test split is locked'],
  [
    'a mapping of the demo',
    pruneModel,
    { ratio: '0.1', data: 'demo', mapping: 'm.json', out: 'out' },
    '--mapping would',
  ],
  ['a mapping without data', pruneModel, { ratio: '0.1', scores: 's.csv', mapping: 'm.json', out: 'out' }, '--mapping'],
  ['a round of a model that is no run', predictImages, { data: 'demo', round: '2' }, '--round would have no effect'],
  ['a round that is none', predictImages, { data: 'demo', round: '0' }, '--round 0 is no whole number from 1'],
  [
    'a mapping beside images alone',
    predictImages,
    { images: 'x', mapping: 'm.json' },
    '--mapping would have no effect',
  ],
  ['an arm of a model that is no run', exportRunModel, { arm: 'snnl', out: 'out' }, '--arm would have no effect'],
])('%s ends with 2 and says why', async (_, command, flags, message) => {
  expect(await refusal(command, ['demo'], flags)).toMatchObject({
    code: 2,
    message: expect.stringContaining(message),
  });
});

it('predicting with a run refuses what the run says itself', async () => {
  await writeFile(config('run.json'), JSON.stringify(handMadeRecord()));
  const pixels = await refusal(predictImages, [folder], { preprocessing: 'unit' });
  expect(pixels).toMatchObject({ code: 2, message: expect.stringContaining('--preprocessing would have no effect') });
});

it('exporting an arm that a run does not have names those that it has', async () => {
  await writeFile(config('run.json'), JSON.stringify(handMadeRecord()));
  const { code, message } = await refusal(exportRunModel, [folder], { arm: 'random', out: join(folder, 'out') });
  expect(code).toBe(2);
  expect(message).toContain('There is no model of the arm "random"');
});
