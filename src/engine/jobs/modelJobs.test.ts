import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { getBackend, memory, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmFolder } from '../../../scripts/wasmFiles.mjs';
import type { FileStore } from '../../artifacts/fileStore';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { startCompute } from '../../compute/startCompute';
import { pixelsToInput } from '../../dataset/batches/readBatch';
import type { ModelId } from '../../foundation/ids';
import { labVersion } from '../../foundation/version';
import { disposeModel } from '../../model/disposeModel';
import { loadModel } from '../../model/modelStore';
import type { EngineHost } from '../engineHost';
import { createLocalEngine } from '../localEngine';
import { readModelOrigin } from '../modelOrigin';
import type { JobName, JobParams, JobResult } from '../protocol/jobMap';
import { Workspace } from '../workspace';
import { jobHandlers } from './jobHandlers';

const fixtures = 'src/model';
let host: Omit<EngineHost, 'store'>;
beforeAll(async () => {
  const backend = await startCompute({ prefer: 'wasm', wasmPath: `${wasmFolder()}/` });
  host = {
    environment: { ...backend, labVersion },
    // A file's first byte is the colour of all its pixels; an empty file is no image.
    decoder: 'tests',
    decodeImage: async (blob, size) => {
      const [value] = new Uint8Array(await blob.arrayBuffer());
      if (value === undefined) throw new Error('the file is empty');
      return new Uint8Array(size * size * 3).fill(value);
    },
    readDemoFile: () => Promise.reject(new Error('No demo file is read here.')),
    withBackend: (name, work) => (name === getBackend() ? work() : Promise.reject(new Error(`No ${name} here.`))),
  };
});

function open(store: FileStore = createMemoryFileStore(), changes: Partial<typeof host> = {}) {
  const engine = createLocalEngine(new Workspace({ ...host, ...changes, store }), jobHandlers);
  const run = <J extends JobName>(job: J, params: JobParams<J>): Promise<JobResult<J>> =>
    engine.start(job, params).result;
  return { run, store };
}

async function fixture(path: string): Promise<JobParams<'loadModel'>['source']> {
  const file = new File([await readFile(`${fixtures}/${path}`)], path.split('/').at(-1)!);
  return { kind: 'files', files: [{ path: file.name, file }] };
}

/** What a stored model makes of one made-up image. */
async function logitsOf(store: FileStore, id: ModelId): Promise<number[]> {
  const model = await loadModel(store, id);
  const { imageSize } = model.preprocessing;
  const pixels = Uint8Array.from({ length: imageSize * imageSize * 3 }, (_, i) => (i * 7919) % 256);
  const output = tidy(() => model.network.predict(pixelsToInput(pixels, model.preprocessing)) as Tensor2D);
  const logits = Array.from(await output.data());
  output.dispose();
  disposeModel(model);
  return logits;
}

describe('loading a model and saying how it is used', () => {
  it('takes size, name, classes and preprocessing along, and repeats itself with the same id', async () => {
    const { run, store } = open();
    const source = await fixture('checkpoints/fixtures/resnet18.pth');
    const plain = await run('loadModel', { source, options: { imageSize: 32, answers: 'usual' } });
    expect(plain.preprocessing).toEqual({ imageSize: 32, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
    const classNames = plain.classNames.map((_, index) => `kind ${index}`);
    const options = {
      imageSize: 32,
      answers: 'usual',
      name: 'moles',
      classNames,
      preprocessing: { mean: [0.1, 0.2, 0.3], std: [1, 1, 1], channelOrder: 'bgr' },
    } satisfies JobParams<'loadModel'>['options'];
    const set = await run('loadModel', { source, options });
    expect(set).toMatchObject({ name: 'moles', classNames, preprocessing: { imageSize: 32, channelOrder: 'bgr' } });
    expect(set.id).not.toBe(plain.id);
    expect((await run('loadModel', { source, options })).id).toBe(set.id);
    expect(await logitsOf(store, set.id)).not.toEqual(await logitsOf(store, plain.id));
  });

  it('replaces the model as it was, unless another was pruned from it', async () => {
    const { run } = open();
    const source = await fixture('checkpoints/fixtures/resnet18.pth');
    const first = await run('loadModel', { source, options: { imageSize: 32, answers: 'usual' } });
    const renamed = await run('setModelUse', { modelId: first.id, use: { name: 'renamed' } });
    expect((await run('listInventory', {})).models.map(({ name }) => name)).toEqual(['renamed']);
    await run('pruneModel', { modelId: renamed.id, targets: { 'layer4.1.conv2': [0] }, mode: 'tail' });
    await run('setModelUse', { modelId: renamed.id, use: { name: 'third' } });
    const names = (await run('listInventory', {})).models.map(({ name }) => name);
    expect(names.toSorted()).toEqual(['renamed', 'renamed · layer4.1.conv2 −1', 'third']);
  });

  it('what is known of where a model came from stays with it when it is renamed or read again, not when it is pruned', async () => {
    const { run, store } = open();
    const source = await fixture('checkpoints/fixtures/resnet18.pth');
    const options = { imageSize: 32, answers: 'usual' } as const;
    const bytes = await readFile(`${fixtures}/checkpoints/fixtures/resnet18.pth`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const origin = { kind: 'files', files: [{ name: 'resnet18.pth', sha256 }] };
    const { id } = await run('setModelUse', {
      modelId: (await run('loadModel', { source, options })).id,
      use: { name: 'renamed' },
    });
    expect(await readModelOrigin(store, id)).toEqual(origin);
    const { model } = await run('pruneModel', { modelId: id, targets: { 'layer4.1.conv2': [0] }, mode: 'tail' });
    expect(await readModelOrigin(store, model.id)).toBeNull();

    const zip = await run('exportModel', { modelId: id, runId: null, format: 'tfjs' });
    const files = [{ path: zip.fileName, file: new File([zip.bytes], zip.fileName) }];
    const again = await run('loadModel', { source: { kind: 'files', files }, options: { knownAs: id } });
    expect(again.id).toBe(id);
    expect(await readModelOrigin(store, id)).toEqual(origin);
    const other = await run('loadModel', { source: { kind: 'files', files } });
    expect(await readModelOrigin(store, other.id)).toMatchObject({ files: [{ name: zip.fileName }] });
  });

  it('a damaged note of where a model came from is named, and mended by loading it again', async () => {
    const { run, store } = open();
    const source = await fixture('checkpoints/fixtures/resnet18.pth');
    const options = { imageSize: 32, answers: 'usual' } as const;
    const { id } = await run('loadModel', { source, options });
    const name = (await store.list(`models/${id}`)).find((each) => each.endsWith('-origin.json'))!;
    await store.write(`models/${id}/${name}`, new Uint8Array(4));
    await expect(readModelOrigin(store, id)).rejects.toMatchObject({ code: 'artifact-damaged' });
    await run('loadModel', { source, options });
    expect(await readModelOrigin(store, id)).toMatchObject({ kind: 'files' });
  });

  it.each([
    [{ classNames: ['a'] }, 'The network has 5 outputs; names are given for 1.'],
    [{ classNames: ['a', 'b', 'c', 'd', 'a'] }, 'Two classes are called "a".'],
    [{ classNames: ['a', 'b', 'c', ' ', 'e'] }, 'A class has no name.'],
    [{ name: ' ' }, 'A model needs a name.'],
    [
      { preprocessing: { mean: [0, 0, 0] as [number, number, number], std: [1, 0, 1] as [number, number, number] } },
      'Pixels cannot be scaled with mean [0, 0, 0] and std [1, 0, 1].',
    ],
  ])('refuses %j', async (use, message) => {
    const { run } = open();
    const source = await fixture('checkpoints/fixtures/resnet18.pth');
    const { id, classNames } = await run('loadModel', { source, options: { imageSize: 32, answers: 'usual' } });
    expect(classNames).toHaveLength(5);
    await expect(run('setModelUse', { modelId: id, use })).rejects.toMatchObject({ code: 'config-invalid', message });
    expect((await run('listInventory', {})).models).toHaveLength(1);
  });
});

describe('pruning a stored model', () => {
  it('gives the plan and a smaller model, keeps first numbers over two prunings, and leaves the model before bit for bit', async () => {
    const { run, store } = open();
    const source = await fixture('checkpoints/fixtures/resnet18.pth');
    const { id } = await run('loadModel', { source, options: { imageSize: 32, answers: 'usual' } });
    const before = await logitsOf(store, id);
    const layer = 'layer4.1.conv2';
    const first = await run('pruneModel', { modelId: id, targets: { [layer]: [0, 2] }, mode: 'stage' });
    expect(first.model.parameters).toBe(first.plan.parametersAfter);
    expect(first.plan.parametersAfter).toBeLessThan(first.plan.parametersBefore);
    const second = await run('pruneModel', { modelId: first.model.id, targets: { [layer]: [0] }, mode: 'stage' });
    const left = second.model.originalChannels[layer]!;
    expect(left.slice(0, 3)).toEqual([3, 4, 5]);
    expect(second.model.prunedFrom).toEqual({ id: first.model.id, name: first.model.name });
    expect(first.model.prunedFrom?.id).toBe(id);
    // To undo is to go on with the model before.
    expect(await logitsOf(store, id)).toEqual(before);
    const { models } = await run('listInventory', {});
    expect(models.find((model) => model.id === second.model.id)).toEqual(second.model);
  });

  it('takes several layers at once and leaves no tensor behind', async () => {
    const { run } = open();
    const source = await fixture('checkpoints/fixtures/vgg11.pth');
    const { id } = await run('loadModel', { source, options: { imageSize: 64, answers: 'usual' } });
    const tensors = memory().numTensors;
    const { plan, model } = await run('pruneModel', { modelId: id, targets: { conv8: [1], conv3: [0] }, mode: 'tail' });
    expect(plan.targets.map(({ layer }) => layer)).toEqual(['conv8', 'conv3']);
    expect(Object.keys(model.originalChannels).toSorted()).toEqual(['conv3', 'conv8']);
    expect(memory().numTensors).toBe(tensors);
  });
});

describe('exporting and predicting', () => {
  it('exports a pruned model for PyTorch: weights, script, labels, preprocessing and card', async () => {
    const { run } = open();
    const source = await fixture('checkpoints/fixtures/resnet18.pth');
    const { id } = await run('loadModel', { source, options: { imageSize: 32, answers: 'usual' } });
    const { model } = await run('pruneModel', { modelId: id, targets: { 'layer4.1.conv2': [1] }, mode: 'stage' });
    const made = await run('exportModel', { modelId: model.id, runId: null, format: 'pytorch' });
    expect(made.fileName).toBe(`${model.id}-pytorch.zip`);
    const entries = unzipSync(new Uint8Array(made.bytes));
    expect(Object.keys(entries).toSorted()).toEqual([
      'MODEL_CARD.md',
      'check_samples.py',
      'labels.txt',
      'load_model.py',
      'model.safetensors',
      'preprocessing.json',
      ...[1, 2, 3, 4].map((number) => `samples/sample-${number}.png`),
      'samples/samples.csv',
    ]);
    expect(strFromU8(entries['MODEL_CARD.md']!)).toContain('layer4.1.conv2:');
    // What was exported is read again as it was.
    const again = await run('loadModel', {
      source: {
        kind: 'files',
        files: [{ path: 'm.safetensors', file: new File([entries['model.safetensors']!.slice()], 'm') }],
      },
      options: { imageSize: 32, answers: 'usual' },
    });
    expect(again.parameters).toBe(model.parameters);
  });

  it('predicts images from files: one row each with softmax scores, and names what cannot be read', async () => {
    const { run } = open();
    const source = await fixture('keras/fixtures/sequential.keras');
    const { id, classNames } = await run('loadModel', { source });
    const files = [
      { path: 'a.png', file: new File([new Uint8Array([0])], 'a.png') },
      { path: 'broken.png', file: new File([], 'broken.png') },
      { path: 'b.jpg', file: new File([new Uint8Array([200])], 'b.jpg') },
      { path: 'notes.txt', file: new File(['x'], 'notes.txt') },
    ];
    const made = await run('predict', { modelId: id, source: { kind: 'files', files } });
    expect(made).toMatchObject({
      imageCount: 2,
      accuracy: null,
      unreadable: [{ name: 'broken.png', reason: 'the file is empty' }],
    });
    const rows = Papa.parse<Record<string, string>>(new TextDecoder().decode(made.bytes), {
      header: true,
      skipEmptyLines: true,
    }).data;
    expect(rows.map(({ name }) => name)).toEqual(['a.png', 'b.jpg']);
    for (const row of rows) {
      const scores = classNames.map((name) => Number(row[`score ${name}`]));
      expect(scores.reduce((sum, score) => sum + score)).toBeCloseTo(1, 5);
      expect(scores[classNames.indexOf(row.prediction!)]).toBe(Math.max(...scores));
    }
    await expect(
      run('predict', { modelId: id, source: { kind: 'files', files: files.slice(3) } }),
    ).rejects.toMatchObject({ code: 'no-images-found' });
  });

  it('makes image files squares as the model says, and squeezes them when it does not', async () => {
    const fits: unknown[] = [];
    const { run } = open(createMemoryFileStore(), {
      decodeImage: (blob, size, fit) => {
        fits.push(fit);
        return host.decodeImage(blob, size, fit);
      },
    });
    const files = [{ path: 'a.png', file: new File([new Uint8Array([9])], 'a.png') }];
    const source = await fixture('keras/fixtures/sequential.keras');
    const { id } = await run('loadModel', { source });
    const squeezed = await run('predict', { modelId: id, source: { kind: 'files', files } });
    expect(squeezed.imageFit).toEqual({ kind: 'squeeze' });
    const crop = { kind: 'crop', margin: 0.125 } as const;
    const set = await run('setModelUse', { modelId: id, use: { imageFit: crop } });
    expect(set.notes).toContain('How images become squares was set by hand.');
    const cropped = await run('predict', { modelId: set.id, source: { kind: 'files', files } });
    expect(cropped.imageFit).toEqual(crop);
    expect(fits).toEqual([{ kind: 'squeeze' }, crop]);

    const { bytes } = await run('exportModel', { modelId: set.id, runId: null, format: 'tfjs' });
    const entries = unzipSync(new Uint8Array(bytes));
    expect(JSON.parse(strFromU8(entries['preprocessing.json']!))).toMatchObject({ imageFit: crop });
    const zip = [{ path: 'm.zip', file: new File([bytes], 'm.zip') }];
    const again = await run('loadModel', { source: { kind: 'files', files: zip } });
    expect(again.preprocessing?.imageFit).toEqual(crop);
  });

  it('predicts a split with labels and groups, and agrees with the evaluation', async () => {
    const { run } = open();
    const dataset = await run('generateDemo', { settings: { bias: 1, count: 120, imageSize: 32, seed: 5 } });
    const { model } = await run('trainModel', {
      datasetId: dataset.id,
      name: 'tiny',
      architecture: { name: 'small-cnn', imageSize: 32, classCount: 5, widthMultiplier: 0.25, seed: 1 },
      settings: {
        ...(await import('../../training/trainSettings')).defaultTraining,
        epochs: 0,
      },
      seed: 1,
    });
    const source = { kind: 'split', datasetId: dataset.id, split: 'validation' } as const;
    const made = await run('predict', { modelId: model.id, source });
    const rows = Papa.parse<Record<string, string>>(new TextDecoder().decode(made.bytes), {
      header: true,
      skipEmptyLines: true,
    }).data;
    const { predicted, report } = await run('evaluateModel', {
      datasetId: dataset.id,
      modelId: model.id,
      split: 'validation',
    });
    expect(rows.map(({ prediction }) => prediction)).toEqual(predicted.map((index) => dataset.classNames[index]));
    expect(rows).toHaveLength(report.n);
    const right = rows.filter(({ label, prediction }) => label === prediction).length;
    expect(made.accuracy).toBeCloseTo(right / report.n, 12);
    expect(new Set(rows.map((row) => row['skin type']))).toEqual(new Set(dataset.groupNames));
  });
});
