import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as core from '@tensorflow/tfjs-core';
import * as tfjsLayers from '@tensorflow/tfjs-layers';
import { unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import type { DecodeImage } from '../../dataset/images/decodeImage';
import { modelId } from '../../foundation/ids';
import { labVersion } from '../../foundation/version';
import { buildArchitecture } from '../../model/architectures/buildArchitecture';
import { packModelFiles } from '../../model/files/packModelFiles';
import type { LabModel } from '../../model/labModel';
import { presetScale } from '../../model/preprocessing';
import { serializeModel } from '../../model/serializeModel';
import { colourModel } from '../../testing/colourModel';
import { startWasmAndCpu } from '../../testing/computeOn';
import { jobHandlers } from '../jobs/jobHandlers';
import { createLocalEngine } from '../localEngine';
import type { JobName, JobParams, JobResult } from '../protocol/jobMap';
import { Workspace } from '../workspace';

const python = process.env.LAB_PYTHON;
let folder = '';

beforeAll(startWasmAndCpu);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-samples-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Pixels of a PNG of the size asked for. */
const decodeImage: DecodeImage = async (blob) => {
  const { data } = PNG.sync.read(Buffer.from(await blob.arrayBuffer()));
  return Uint8Array.from([...data].filter((_, index) => index % 4 !== 3));
};

function openEngine() {
  const host = {
    store: createMemoryFileStore(),
    environment: { labVersion } as never,
    decoder: 'tests',
    decodeImage,
    readDemoFile: () => Promise.reject(new Error('No demo file is read here.')),
    withBackend: <T>(_name: string, work: () => Promise<T>) => work(),
  };
  const engine = createLocalEngine(new Workspace(host), jobHandlers);
  return <J extends JobName>(job: J, params: JobParams<J>): Promise<JobResult<J>> => engine.start(job, params).result;
}

const asFiles = (files: { path: string; bytes: Uint8Array }[]) =>
  files.map(({ path, bytes }) => ({ path, file: new File([bytes.slice()], path.split('/').at(-1)!) }));
const load = (files: { path: string; bytes: Uint8Array }[]): JobParams<'loadModel'> => ({
  source: { kind: 'files', files: asFiles(files) },
});

/** One red image, [255, 0, 0]. */
function redPng(side: number): Uint8Array {
  const image = new PNG({ width: side, height: side });
  for (let i = 0; i < image.data.length; i += 4) image.data.set([255, 0, 0, 255], i);
  return PNG.sync.write(image);
}

/** A network whose logits are the mean of red, and its negative, without a lab.json. */
async function redFiles(table: string) {
  const model = colourModel([[1, -1], [0, 0], [0, 0]], 4); // biome-ignore format: a matrix
  const files = packModelFiles(await serializeModel(model)).filter(({ path }) => path !== 'lab.json');
  return [
    ...files,
    { path: 'samples/red.png', bytes: redPng(4) },
    { path: 'samples/expected.csv', bytes: new TextEncoder().encode(table) },
  ];
}

it('says on how many images a model agrees with what is expected of it', async () => {
  // Pixels go in as 0 … 1: red is [1, 0, 0], with the logits [1, -1].
  const { importReport } = await openEngine()('loadModel', load(await redFiles('red.png,1,-1\n')));
  expect(importReport?.samples).toMatchObject({ images: 1, agrees: true, of: 'logits' });
  expect(importReport?.samples?.largestDifference).toBeLessThan(1e-6);
});

it('lets the samples decide how pixels go in', async () => {
  // As 0 … 255, red is [255, 0, 0].
  const model = await openEngine()('loadModel', load(await redFiles('red.png,255,-255\n')));
  expect(model.importReport?.samples).toMatchObject({ agrees: true, note: expect.stringContaining('bytes') });
  expect(model.preprocessing).toEqual({ imageSize: 4, ...presetScale('bytes') });
});

it('shows a difference that no way to feed pixels explains', async () => {
  const model = await openEngine()('loadModel', load(await redFiles('red.png,1,-0.9\n')));
  expect(model.importReport?.samples).toMatchObject({ images: 1, agrees: false });
  expect(model.importReport?.samples?.largestDifference).toBeCloseTo(0.1, 5);
  expect(model.preprocessing).toEqual({ imageSize: 4, ...presetScale('unit') });
});

async function exported(format: 'tfjs' | 'pytorch') {
  const run = openEngine();
  const small: LabModel = buildArchitecture(
    { name: 'small-cnn', imageSize: 16, classCount: 3, widthMultiplier: 0.5, seed: 5 },
    {
      id: modelId('small'),
      name: 'small',
      classNames: ['a, "b"', 'c', 'd'],
      preprocessing: { imageSize: 16, ...presetScale('caffe') },
    },
  );
  const { id } = await run('loadModel', load(packModelFiles(await serializeModel(small))));
  const { bytes } = await run('exportModel', { modelId: id, runId: null, format });
  for (const [path, content] of Object.entries(unzipSync(new Uint8Array(bytes)))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return { run, zip: new Uint8Array(bytes) };
}

it('exports samples that the lab itself checks when it reads the zip', async () => {
  const { run, zip } = await exported('tfjs');
  const again = await run('loadModel', load([{ path: 'small.zip', bytes: zip }]));
  expect(again.importReport?.samples).toMatchObject({ images: 4, largestDifference: 0, agrees: true });
  expect(again.classNames[0]).toBe('a, "b"');
});

it('exports samples that plain TensorFlow.js gives the same logits for', async () => {
  await exported('tfjs');
  await core.setBackend('cpu');
  const { checkSamples } = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'check_samples.mjs')).href);
  const checked = await checkSamples({ ...core, ...tfjsLayers }, pathToFileURL(`${folder}/`));
  await core.setBackend('wasm');
  expect(checked.images).toBe(4);
  expect(checked.largestDifference).toBeLessThan(1e-5);
});

it.skipIf(!python)('exports samples that the PyTorch module gives the same logits for', async () => {
  await exported('pytorch');
  const { status, stdout, stderr } = spawnSync(python!, [join(folder, 'check_samples.py')], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^verified on 4 images, largest difference \d/);
  expect(status).toBe(0);
});
