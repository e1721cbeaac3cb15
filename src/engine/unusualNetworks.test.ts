import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getBackend, io, softmax, type Tensor2D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { startCompute } from '../compute/startCompute';
import { defaultSplitSettings } from '../dataset/split/splitSettings';
import { createRandom } from '../foundation/random';
import { labVersion } from '../foundation/version';
import { completeRunConfig } from '../recipe/runConfig';
import type { EngineHost } from './engineHost';
import { jobHandlers } from './jobs/jobHandlers';
import { createLocalEngine } from './localEngine';
import type { JobName, JobParams, JobResult, LabFile } from './protocol/jobMap';
import { Workspace } from './workspace';

const side = 16;
const imageCount = 96;
const classNames = ['disc', 'square'];
const config = completeRunConfig({
  score: { batchSize: 16 },
  pruning: { ratio: 0.25, rounds: 1, maxAccuracyDrop: 1, minFairnessGain: -1 },
  fineTune: { epochs: 1, batchSize: 16, dropout: 0.2 },
  arms: ['snnl'],
  statistics: { replicates: 0, permutations: 0 },
});

let host: Omit<EngineHost, 'store'>;
beforeAll(async () => {
  const backend = await startCompute({ prefer: 'wasm', wasmPath: `${wasmFolder()}/` });
  host = {
    environment: { ...backend, labVersion },
    decoder: 'tests',
    decodeImage: async (blob) => {
      const { data } = PNG.sync.read(Buffer.from(await blob.arrayBuffer()));
      return Uint8Array.from([...data].filter((_, index) => index % 4 !== 3));
    },
    readDemoFile: () => Promise.reject(new Error('No demo file is read here.')),
    withBackend: (name, work) => (name === getBackend() ? work() : Promise.reject(new Error(`No ${name} here.`))),
  };
});

function openEngine() {
  const engine = createLocalEngine(new Workspace({ ...host, store: createMemoryFileStore() }), jobHandlers);
  return <J extends JobName>(job: J, params: JobParams<J>): Promise<JobResult<J>> => engine.start(job, params).result;
}
type Run = ReturnType<typeof openEngine>;

const greyOf = (index: number): number[] => {
  const random = createRandom(index, 'shape');
  const [isSquare, isDark] = [index % 2 === 1, index % 4 < 2];
  return Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [(at % side) - side / 2 + 0.5, Math.floor(at / side) - side / 2 + 0.5];
    const isInside = isSquare ? Math.max(Math.abs(x), Math.abs(y)) < 4 : Math.hypot(x, y) < 5;
    return Math.max(0, Math.min(255, (isInside ? 180 : 60) - (isDark ? 40 : 0) + random.integer(30)));
  });
};
const nameOf = (index: number) => `shape-${index}.png`;

/** Grey PNGs of shapes, of 8 bits; the group is how dark they are. */
function shapes(): LabFile[] {
  const images = Array.from({ length: imageCount }, (_, index) => {
    const png = { width: side, height: side, data: Buffer.from(greyOf(index)) } as unknown as PNG;
    const bytes = PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false });
    return { path: nameOf(index), file: new File([new Uint8Array(bytes)], nameOf(index)) };
  });
  const rows = images.map(({ path }, index) => `${path},${classNames[index % 2]},${index % 4 < 2 ? 'dark' : 'light'}`);
  return [...images, { path: 'labels.csv', file: new File([['image,label,light', ...rows].join('\n')], 'labels.csv') }];
}

async function importShapes(run: Run) {
  return run('importFiles', {
    name: 'shapes',
    files: shapes(),
    join: { table: 'labels.csv', imageColumns: ['image'], joins: [] },
    mapping: {
      version: 1,
      format: null,
      label: { columns: ['label'], merge: {}, minClassSize: 1 },
      group: {
        column: 'light',
        rule: { kind: 'values', group0: ['dark'], group1: ['light'] },
        names: ['dark', 'light'],
        missing: 'exclude',
      },
      clusterColumn: null,
      givenSplit: null,
    },
    imageSize: side,
    split: defaultSplitSettings,
  });
}

/** A network that ends in convolution, pooling, softmax, as SqueezeNet does, of grey images. */
function withoutDenseHead(): LayersModel {
  return sequential({
    name: 'headless',
    layers: [
      layers.conv2d({ name: 'c1', inputShape: [side, side, 1], filters: 8, kernelSize: 3, activation: 'relu' }),
      layers.maxPooling2d({ name: 'p1', poolSize: 2 }),
      layers.conv2d({ name: 'c2', filters: 8, kernelSize: 3, activation: 'relu' }),
      layers.dropout({ name: 'drop', rate: 0.3 }),
      layers.conv2d({ name: 'classes', filters: 2, kernelSize: 1, activation: 'relu' }),
      layers.globalAveragePooling2d({ name: 'gap' }),
      layers.activation({ name: 'softmax', activation: 'softmax' }),
    ],
  });
}

async function filesOf(network: LayersModel): Promise<LabFile[]> {
  const saved: io.ModelArtifacts[] = [];
  await network.save(
    io.withSaveHandler(async (artifacts) => {
      saved.push(artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const { modelTopology, weightSpecs, weightData } = saved[0]!;
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs! }];
  return [
    { path: 'model.json', file: new File([JSON.stringify({ modelTopology, weightsManifest })], 'model.json') },
    { path: 'weights.bin', file: new File([io.CompositeArrayBuffer.join(weightData)], 'weights.bin') },
  ];
}

/** The grey of images, scaled by what the zip says, as [n, side, side, 1]. */
function inputOf(names: string[], { mean, std }: { mean: number[]; std: number[] }) {
  const values = names.flatMap((name) => greyOf(Number(/\d+/.exec(name)![0])));
  const scaled = values.map((grey) => (grey / 255 - mean[0]!) / std[0]!);
  return { input: tensor4d(scaled, [names.length, side, side, 1]), scaled };
}

describe.each(['trained from scratch', 'without a dense head'] as const)('a network of grey images, %s', (kind) => {
  it('is imported or trained, scored, pruned, fine-tuned with dropout, exported, and predicts the same elsewhere', async () => {
    const run = openEngine();
    const dataset = await importShapes(run);
    const model =
      kind === 'trained from scratch'
        ? (
            await run('trainModel', {
              datasetId: dataset.id,
              name: 'tiny',
              architecture: {
                name: 'small-cnn',
                imageSize: side,
                channels: 1,
                classCount: 2,
                widthMultiplier: 0.1,
                seed: 1,
              },
              settings: config.fineTune,
              seed: 1,
            })
          ).model
        : await run('loadModel', {
            source: { kind: 'files', files: await filesOf(withoutDenseHead()) },
            options: { classNames },
          });
    expect(model.preprocessing).toMatchObject({ imageSize: side, channelOrder: 'grey' });
    expect(model.limits).toEqual([]);
    if (kind === 'without a dense head') {
      expect(model.layers.find(({ name }) => name === 'classes')).toMatchObject({
        prunable: false,
        reason: 'its channels are the outputs of the network',
      });
      expect(model.defaultLayer).toBe('c2');
    }

    const { runId } = await run('runRecipe', { datasetId: dataset.id, modelId: model.id, config });
    const record = await run('readRun', { runId });
    expect(record.status).toBe('finished');
    const round = record.arms[0]!.rounds[0]!;
    expect(round.prunedOriginal.length).toBeGreaterThan(0);
    expect(round.parameters).toBeLessThan(model.parameters);
    expect(round.history[0]!.trainLoss).toBeGreaterThan(0);

    const made = await run('predict', {
      modelId: round.modelId,
      source: { kind: 'split', datasetId: dataset.id, split: 'validation' },
    });
    const rows = Papa.parse<Record<string, string>>(new TextDecoder().decode(made.bytes), {
      header: true,
      skipEmptyLines: true,
    }).data;
    const names = rows.map(({ name }) => name!);
    const scores = rows.map((row) => classNames.map((name) => Number(row[`score ${name}`])));

    const exported = await run('exportModel', { modelId: round.modelId, runId: record.id, format: 'tfjs' });
    const entries = unzipSync(new Uint8Array(exported.bytes));
    const { input, scaled } = inputOf(names, JSON.parse(strFromU8(entries['preprocessing.json']!)));
    const { modelTopology, weightsManifest } = JSON.parse(strFromU8(entries['model.json']!));
    const plain = await loadLayersModel(
      io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: entries['weights.bin']!.slice().buffer,
      }),
    );
    const found = tidy(() => softmax(plain.predict(input) as Tensor2D).arraySync());
    for (const [index, row] of found.entries()) {
      for (const [column, score] of row.entries()) expect(score).toBeCloseTo(scores[index]![column]!, 5);
    }

    const again = await run('loadModel', {
      source: { kind: 'files', files: [{ path: 'm.zip', file: new File([exported.bytes], 'm.zip') }] },
    });
    // A network that was loaded knows the fit once it was fine-tuned on images that were squeezed.
    expect(again.preprocessing).toEqual({ ...model.preprocessing, imageFit: { kind: 'squeeze' } });
    expect(again.parameters).toBe(round.parameters);
    expect(again.importReport?.samples?.agrees).toBe(true);

    const torch = await run('exportModel', { modelId: round.modelId, runId: record.id, format: 'pytorch' });
    const script = unzipSync(new Uint8Array(torch.bytes));
    expect(strFromU8(script['load_model.py']!)).toContain(`Input: float32 [n, 1, ${side}, ${side}], grey`);
    const python = process.env.LAB_PYTHON;
    if (!python) return;
    const folder = mkdtempSync(join(tmpdir(), 'lab-grey-'));
    for (const name of ['load_model.py', 'model.safetensors']) writeFileSync(join(folder, name), script[name]!);
    const code = `import json, sys, torch
from load_model import load
images = torch.tensor(json.load(sys.stdin)).reshape(${names.length}, 1, ${side}, ${side})
with torch.no_grad():
    print(json.dumps(load()(images).softmax(1).tolist()))`;
    const text = execFileSync(python, ['-c', code], { cwd: folder, encoding: 'utf8', input: JSON.stringify(scaled) });
    for (const [index, row] of (JSON.parse(text) as number[][]).entries()) {
      for (const [column, score] of row.entries()) expect(score).toBeCloseTo(scores[index]![column]!, 5);
    }
  });
});
