import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../recipe/runRecord';
import { defaultTraining } from '../training/trainSettings';
import { spawnNode } from './testing/spawnNode';

/** A tiny demo and a narrow net: a GPU that is drawn in software takes a minute or so. */
const settings = {
  data: { demo: { bias: 1, count: 60, imageSize: 16, seed: 5 } },
  model: {
    architecture: 'small-cnn',
    widthMultiplier: 0.125,
    training: { ...defaultTraining, epochs: 1, batchSize: 32 },
  },
  run: {
    score: { batchSize: 32 },
    fineTune: { epochs: 1, batchSize: 32 },
    pruning: { ratio: 0.1, rounds: 1, maxAccuracyDrop: 1, minFairnessGain: -1 },
    arms: ['snnl'],
    statistics: { replicates: 20, permutations: 20 },
  },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-webgpu-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const runNode = (...argv: string[]) => spawnNode(argv, { XDG_RUNTIME_DIR: tmpdir() }).ended;
const lab = (...argv: string[]) =>
  runNode('--import', 'tsx', 'src/cli/lab.ts', ...argv, '--backend', 'webgpu', '--store', join(folder, 'store'));

/** Asked in a process of its own: a driver that fails must not take the tests with it. */
async function whatIsMissing(): Promise<string | null> {
  const ask = `
    const webgpu = await import('webgpu').catch((error) => (console.log(error.code === 'ERR_MODULE_NOT_FOUND' ? 'package' : 'driver'), process.exit()));
    console.log((await webgpu.create([]).requestAdapter()) ? 'nothing' : 'driver');
    process.exit();`;
  const { text } = await runNode('--input-type=module', '--eval', ask);
  if (text.includes('nothing')) return null;
  return text.includes('package')
    ? 'the optional package "webgpu" is not installed'
    : 'no driver offers an adapter (VK_ICD_FILENAMES)';
}

const missing = await whatIsMissing();
const named = (name: string) => (missing ? `${name} (not checked: ${missing})` : name);

describe('WebGPU in Node', () => {
  it.skipIf(missing !== null)(
    named('computes every known vector within its tolerance'),
    async () => {
      const { code, text } = await lab('verify', 'src/testing/golden');
      expect({ code, text }).toMatchObject({ code: 0, text: expect.stringMatching(/snnl\.json +webgpu.*passed/i) });
      expect(text).not.toMatch(/FAILED|webgpu .*not checked/);
    },
    300_000,
  );

  it.skipIf(missing !== null)(
    named('passes its self-test, runs the recipe and ends by itself'),
    async () => {
      const [config, out] = [join(folder, 'config.json'), join(folder, 'out')];
      await writeFile(config, JSON.stringify(settings));
      const { code, text } = await lab('run', config, '--data', 'demo', '--out', out);
      expect({ code, text }).toMatchObject({ code: 0 });
      const { status, environment, arms } = JSON.parse(await readFile(join(out, 'run.json'), 'utf8')) as RunRecord;
      expect({ status, backend: environment.backend, failures: environment.selfTest?.failures }).toEqual({
        status: 'finished',
        backend: 'webgpu',
        failures: [],
      });
      expect(arms[0]!.rounds).toHaveLength(1);
    },
    300_000,
  );

  it.skipIf(missing === null)(
    'says what is missing, with a way on',
    async () => {
      const { code, text } = await lab('verify', 'src/testing/golden');
      expect({ code, text }).toMatchObject({ code: 1, text: expect.stringContaining('Error (no-backend)') });
      expect(text).toMatch(/npm install --no-save webgpu|VK_ICD_FILENAMES/);
    },
    60_000,
  );
});
