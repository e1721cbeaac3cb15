import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import type { LabConfig } from '../src/cli/labConfig';
import type { DemoSettings } from '../src/dataset/stored/dataset';
import type { PruningPlan } from '../src/model/labModel';
import { parseRunRecord } from '../src/recipe/parseRunRecord';
import type { RunRecord } from '../src/recipe/runRecord';
import { openEngine } from './headlessEngine';

interface Ended {
  code: number | null;
  out: string;
  error: string;
}

/** Runs a command of the lab. `onOutput` sees standard output as it comes, and may send Ctrl-C. */
function lab(
  words: string[],
  onOutput: (text: string, interrupt: () => void) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/lab.ts', ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // A store of these tests' own, in place of the user's.
      env: { ...process.env, XDG_CACHE_HOME: test.info().project.outputDir },
    });
    const ended: Ended = { code: null, out: '', error: '' };
    child.stdout.on('data', (data: Buffer) => {
      ended.out += data.toString();
      onOutput(ended.out, () => child.kill('SIGINT'));
    });
    child.stderr.on('data', (data: Buffer) => {
      ended.error += data.toString();
    });
    child.on('close', (code) => resolve({ ...ended, code }));
  });
}

async function folder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'lab-e2e-'));
}

async function writeConfig(path: string, rounds: number): Promise<string> {
  const file = join(path, 'config.json');
  const run = {
    pruning: { ratio: 0.1, rounds },
    fineTune: { epochs: 1 },
    arms: ['snnl', 'random'],
    statistics: { replicates: 200, permutations: 200 },
  };
  await writeFile(file, JSON.stringify({ data: { demo: { bias: 1, count: 400, imageSize: 64, seed: 3 } }, run }));
  return file;
}

async function readRecord(path: string): Promise<RunRecord> {
  return parseRunRecord(await readFile(join(path, 'run.json'), 'utf8'));
}

/** All that was computed, without ids and times. */
function outcome({ baseline, arms }: RunRecord) {
  return {
    baseline,
    arms: arms.map(({ rounds, ...arm }) => ({
      ...arm,
      rounds: rounds.map(({ modelId: _id, elapsedMs: _ms, ...round }) => round),
    })),
  };
}

test.setTimeout(400_000);

test('lab run prints the paper’s table with FATE, writes everything, and repeats itself exactly on WASM, in Node and in the page', async ({
  page,
}) => {
  const [first, second] = [await folder(), await folder()];
  const config = await writeConfig(first, 2);
  const words = (out: string) => ['run', config, '--data', 'demo', '--out', out, '--backend', 'wasm'];
  const ended = await lab(words(first));
  expect(ended.error).not.toContain('Error');
  expect(ended.code).toBe(0);
  for (const text of ['Unpruned model', 'SNNL-Fair, round 2', 'Random channels, round 2', 'Eopp1', 'FATE']) {
    expect(ended.out).toContain(text);
  }
  expect((await readdir(first)).sort()).toEqual(expect.arrayContaining(['config.json', 'run.json', 'scores.csv']));
  expect((await readdir(first)).filter((name) => name.endsWith('.zip'))).toHaveLength(2);

  const again = await lab(words(second));
  expect(again.code).toBe(0);
  expect(outcome(await readRecord(second))).toEqual(outcome(await readRecord(first)));

  // The page computes the same, to the bit: both have fused multiply-add.
  const inPage = await openEngine(page, 'wasm');
  const settings = JSON.parse(await readFile(join(first, 'config-complete.json'), 'utf8')) as LabConfig;
  const dataset = await inPage('generateDemo', { settings: settings.data.demo as DemoSettings });
  const model = await inPage('loadModel', { source: { kind: 'demo-baseline', bias: 1 } });
  const { runId } = await inPage('runRecipe', { datasetId: dataset.id, modelId: model.id, config: settings.run });
  const ofPage = await inPage('readRun', { runId });
  const ofNode = await readRecord(first);
  expect([ofPage.dataset.id, ofPage.model.id]).toEqual([ofNode.dataset.id, ofNode.model.id]);
  expect(ofPage.environment.device).toBe(ofNode.environment.device);
  expect(ofPage.baselineOrigin).toEqual({ kind: 'demo-baseline', bias: 1 });
  expect(ofPage.baselineOrigin).toEqual(ofNode.baselineOrigin);
  expect(outcome(ofPage)).toEqual(outcome(ofNode));

  const zip = (await readdir(first)).find((name) => name.startsWith('snnl'))!;
  const inspected = await lab(['model', 'inspect', join(first, zip), '--json']);
  expect(inspected.code).toBe(0);
  const rounds = (await readRecord(first)).arms[0]!.rounds;
  const summary = JSON.parse(inspected.out.trim().split('\n').at(-1)!) as { parameters: number };
  expect(rounds.map(({ parameters }) => parameters)).toContain(summary.parameters);
});

test('Ctrl-C ends a run cleanly and keeps its finished rounds', async () => {
  const out = await folder();
  const config = await writeConfig(out, 20);
  let sent = false;
  const ended = await lab(
    ['run', config, '--data', 'demo', '--out', out, '--backend', 'wasm', '--json'],
    (text, interrupt) => {
      if (!sent && text.includes('round 3 of 20')) {
        sent = true;
        interrupt();
      }
    },
  );
  expect(ended.code).toBe(130);
  expect((await readRecord(out)).arms[0]!.rounds.length).toBeGreaterThanOrEqual(2);
  expect((await readdir(out)).some((name) => name.endsWith('.zip'))).toBe(true);
});

test('lab score ranks the channels, lowest on top', async () => {
  const out = await folder();
  const ended = await lab(['score', '--data', 'demo', '--out', out]);
  expect(ended.code).toBe(0);
  const lines = (await readFile(join(out, 'scores.csv'), 'utf8')).trim().split('\n').slice(1);
  expect(lines).toHaveLength(128);
  const scores = lines.map((line) => Number(line.split(',')[1]));
  expect(scores).toEqual([...scores].sort((a, b) => a - b));
});

test('lab model: plan, prune, export for PyTorch and predict; what it writes it reads again', async () => {
  const out = await folder();
  const last = (ended: Ended) =>
    JSON.parse(ended.out.trim().split('\n').at(-1)!) as Record<string, unknown> & { kind: string };
  const file = ['src/model/checkpoints/fixtures/resnet18.pth', '--image', '32'];
  const asked = await lab(['model', 'inspect', ...file]);
  expect(asked.code).toBe(2);
  expect(asked.error).toContain('activation: Which activation follows the convolutions and additions?');
  const flag = 'activation=relu;stem=stride-2-pool;strides=1,2,2,2;epsilon=1e-5;reduction=average';
  expect(asked.error).toContain(`--assume "${flag}"`);
  const checkpoint = [...file, '--assume', flag];
  const pruning = ['--layer', 'layer4.1.conv2', '--channels', '0,2', '--mode', 'stage', '--json'];
  const planned = await lab(['model', 'prune', ...checkpoint, ...pruning, '--plan-only']);
  expect(planned.code).toBe(0);
  const plan = last(planned) as unknown as PruningPlan;
  const lost = plan.layers.filter(({ channelsBefore, channelsAfter }) => channelsAfter === channelsBefore - 2);
  expect(lost.map(({ layer }) => layer)).toEqual(
    expect.arrayContaining(['layer4.0.conv2', 'layer4.0.downsample.0', 'layer4.1.conv2']),
  );

  const pruned = await lab(['model', 'prune', ...checkpoint, ...pruning, '--out', out]);
  expect(pruned.code).toBe(0);
  const zip = String(last(pruned).path);
  const converted = await lab(['model', 'convert', zip, '--format', 'pytorch', '--out', out, '--json']);
  expect(converted.code).toBe(0);
  const summary = converted.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; parameters?: number })
    .find(({ kind }) => kind === 'modelSummary')!;
  expect(summary.parameters).toBe(plan.parametersAfter);
  expect(Object.keys(unzipSync(await readFile(String(last(converted).path))))).toContain('load_model.py');

  const predicted = await lab(['model', 'predict', 'demo', '--data', 'demo', '--out', out]);
  expect(predicted.code).toBe(0);
  const audited = await lab(['audit', join(out, 'predictions.csv')]);
  expect(audited.code).toBe(0);
  expect(audited.out).toContain('Eodd');
});

test('lab model export gives the model of a run with a card that tells what the run measured', async () => {
  const run = await folder();
  const config = await writeConfig(run, 1);
  expect((await lab(['run', config, '--data', 'demo', '--out', run, '--backend', 'wasm'])).code).toBe(0);
  const out = await folder();
  const ended = await lab(['model', 'export', run, '--arm', 'random', '--format', 'pytorch', '--out', out]);
  expect(ended.code).toBe(0);
  const [name] = await readdir(out);
  const card = strFromU8(unzipSync(await readFile(join(out, name!)))['MODEL_CARD.md']!);
  expect(card).toContain('Random channels, round 1');
  expect(card).toMatch(/\| eodd \| 0\.\d+ \| 0\.\d+ \| 0\.\d+ to 0\.\d+ \|/);
});

test('lab data inspect describes a folder', async () => {
  const path = await folder();
  await writeFile(join(path, 'labels.csv'), 'image,dx,sex\na.png,mel,male\nb.png,nv,female\n');
  await writeFile(join(path, 'a.png'), 'x');
  const ended = await lab(['data', 'inspect', path, '--json']);
  expect(ended.code).toBe(0);
  expect(JSON.parse(ended.out.trim().split('\n').at(-1)!)).toMatchObject({
    kind: 'filesSummary',
    imageCount: 1,
    suggestion: {
      join: { table: expect.stringMatching(/labels\.csv$/), imageColumns: ['image'] },
      mapping: { label: { columns: ['dx'] }, group: { column: 'sex' } },
    },
  });
});

test('lab data split and import: a known set, each image in one split, counts that add up', async () => {
  const path = await folder();
  const names = Array.from({ length: 48 }, (_, index) => `ISIC_${index}`);
  const lines = names.map(
    (name, i) => `HAM_${i >> 1},${name},${i % 4 < 2 ? 'nv' : 'mel'},histo,50,${i % 8 < 4 ? 'male' : 'female'},back`,
  );
  await writeFile(join(path, 'meta.csv'), `lesion_id,image_id,dx,dx_type,age,sex,localization\n${lines.join('\n')}\n`);
  for (const [index, name] of names.slice(1).entries()) {
    const png = new PNG({ width: 8, height: 8 });
    png.data.fill(255 - 4 * index);
    await writeFile(join(path, `${name}.png`), PNG.sync.write(png));
  }
  const last = (out: string, kind: string) =>
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string })
      .find((event) => event.kind === kind);

  const table = join(path, 'splits.csv');
  const split = await lab(['data', 'split', path, '--seed', '3', '--out', table, '--json']);
  expect(split.error).toBe('');
  expect(last(split.out, 'split')).toMatchObject({
    seed: 3,
    classNames: ['mel', 'nv'],
    rows: { total: 48, used: 47, leftOut: [{ kind: 'row-without-image', count: 1 }] },
    images: { total: 47, used: 47, leftOut: [] },
  });
  const rows = (await readFile(table, 'utf8'))
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
  expect(rows).toHaveLength(47);
  const sides = new Map<string, Set<string>>();
  for (const [, , , side, lesion] of rows) sides.set(lesion!, (sides.get(lesion!) ?? new Set()).add(side!));
  expect([...sides.values()].every(({ size }) => size === 1)).toBe(true);

  const imported = await lab(['data', 'import', path, '--image', '16', '--json']);
  expect(last(imported.out, 'imported')).toMatchObject({
    groupNames: ['female', 'male'],
    imageSize: 16,
    images: { total: 47, used: 47 },
    mapping: { format: 'HAM10000', clusterColumn: 'lesion_id' },
  });
});

test('lab audit needs no model: table, intervals and noise floor of predictions', async () => {
  const path = await folder();
  const rows = Array.from(
    { length: 200 },
    (_, i) => `${i % 2},${i % 7 === 0 ? 1 - (i % 2) : i % 2},${i % 3 === 0 ? 'f' : 'm'}`,
  );
  await writeFile(join(path, 'predictions.csv'), `label,prediction,sex\n${rows.join('\n')}\n`);
  const ended = await lab(['audit', join(path, 'predictions.csv')]);
  expect(ended.code).toBe(0);
  for (const text of ['Precision', 'Eodd', 'f', 'm']) expect(ended.out).toContain(text);
});

test('lab audit-table flags the impossible cells of the paper and writes every cell', async () => {
  const out = await folder();
  const ended = await lab(['audit-table', 'paper', '--out', out]);
  expect(ended.code).toBe(0);
  expect(ended.out).toContain('27 impossible');
  expect((await readdir(out)).sort()).toEqual(['table-audit.csv', 'table-audit.json', 'table-audit.md']);
});

test('lab verify: every shipped vector file is within its tolerance on the reference and WASM; WebGPU is named where it is missing', async () => {
  const ended = await lab(['verify', 'src/testing/golden', '--json']);
  expect(ended.code).toBe(0);
  const checks = ended.out
    .trim()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as {
          kind: string;
          implementation: string;
          file: string;
          skipped: string | null;
          passed: boolean;
        },
    )
    .filter(({ kind }) => kind === 'vectorCheck');
  const done = checks.filter(({ skipped }) => skipped === null);
  expect(done.every(({ passed }) => passed)).toBe(true);
  for (const implementation of ['reference', 'wasm']) {
    expect(done.filter((check) => check.implementation === implementation).map(({ file }) => file)).toContain(
      'snnl.json',
    );
  }
  const onGpu = checks.find(({ file, implementation }) => file === 'snnl.json' && implementation === 'webgpu');
  expect(onGpu!.passed || onGpu!.skipped!.includes('the optional package "webgpu"')).toBe(true);
});

test('wrong usage and wrong settings end with 2 and say what to do', async () => {
  const path = await folder();
  await writeFile(join(path, 'bad.json'), '{"run": {"pruning": {"ratio": 2}}}');
  const wrong = await lab(['run', join(path, 'bad.json'), '--data', 'demo', '--out', path]);
  expect(wrong.code).toBe(2);
  expect(wrong.error).toContain('pruning.ratio');
  expect((await lab(['nonsense'])).code).toBe(2);
});
