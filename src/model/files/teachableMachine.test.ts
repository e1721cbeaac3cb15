import '@tensorflow/tfjs-backend-cpu';
import { readFile } from 'node:fs/promises';
import { io, memory, setBackend, softmax, type Tensor2D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { disposeModel } from '../disposeModel';
import { exportModel } from '../exportModel';
import { disposeNetwork } from '../network/disposeNetwork';
import { readModelFiles } from '../readModelFiles';
import { summarizeModel } from '../summarizeModel';
import { applyPruning } from '../surgery/applyPruning';
import { maskChannels } from '../surgery/maskChannels';
import { planPruning } from '../surgery/planPruning';
import type { NamedBytes } from './packModelFiles';

beforeAll(async () => {
  await setBackend('cpu');
});

const folder = new URL('fixtures/', import.meta.url);
const load = (paths: string[]): Promise<NamedBytes[]> =>
  Promise.all(paths.map(async (path) => ({ path, bytes: new Uint8Array(await readFile(new URL(path, folder))) })));
const forWeb = () => load(['model.json', 'weights.bin', 'metadata.json'].map((name) => `teachable-machine/${name}`));
const forKeras = () => load(['keras_model.h5', 'labels.txt'].map((name) => `teachable-machine-keras/${name}`));
const zipOf = (files: NamedBytes[]): NamedBytes => ({
  path: 'converted.zip',
  bytes: zipSync(Object.fromEntries(files.map(({ path, bytes }) => [path.split('/')[1]!, bytes]))),
});

/** The images of `makeTeachableMachine.py`. */
const wave = () =>
  tensor4d(
    Float32Array.from({ length: 2 * 32 * 32 * 3 }, (_, i) => Math.sin(0.37 * i * i + 1.7 * i)),
    [2, 32, 32, 3],
  );

function loadPlainly(files: Record<string, Uint8Array>): Promise<LayersModel> {
  const { modelTopology, weightsManifest } = JSON.parse(strFromU8(files['model.json']!));
  const weightData = files['weights.bin']!.slice().buffer;
  return loadLayersModel(io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }));
}

describe('exports of Teachable Machine', () => {
  it.each([
    ['the files for the web', forWeb, 127],
    ['their zip', async () => [zipOf(await forWeb())], 127],
    ['the files for Keras', forKeras, 127.5],
    ['their zip for Keras', async () => [zipOf(await forKeras())], 127.5],
  ])('%s load with their classes and preprocessing and give what PyTorch gives', async (_what, open, divisor) => {
    const { logits } = JSON.parse(await readFile(new URL('teachable-machine.json', folder), 'utf8'));
    const before = memory().numTensors;
    const model = await readModelFiles(await open());
    const images = wave();
    const largest = Math.max(...logits.flat().map(Math.abs));
    expect(largestDifference(logitsOf(model, images), logits) / largest).toBeLessThan(1e-5);
    expect(model).toMatchObject({
      classNames: ['Naevus', 'Melanoma', 'Wart'],
      preprocessing: { imageSize: 32 },
    });
    // pixel / divisor - 1, as the libraries of Teachable Machine write it.
    for (const pixel of [0, 100, 255]) {
      const { mean, std } = model.preprocessing;
      expect((pixel / 255 - mean[0]!) / std[0]!).toBeCloseTo(pixel / divisor - 1, 12);
    }
    expect(model.notes!.join(' ')).toContain(`(pixel / ${divisor} - 1`);
    images.dispose();
    disposeModel(model);
    expect(memory().numTensors).toBe(before);
  });

  it('give what plain tfjs gives, are pruned in the last convolution, and come back in plain tfjs', async () => {
    const files = await forWeb();
    const plain = await loadPlainly(Object.fromEntries(files.map(({ path, bytes }) => [path.split('/')[1]!, bytes])));
    const model = await readModelFiles(files);
    const images = wave();
    const scores = tidy(() => softmax(model.network.predict(images) as Tensor2D).arraySync());
    expect(
      largestDifference(
        scores,
        tidy(() => (plain.predict(images) as Tensor2D).arraySync()),
      ),
    ).toBeLessThan(1e-5);
    const summary = summarizeModel(model, { batchSize: 1 });
    expect(summary.defaultLayer).toBe('Conv_1');
    const plan = planPruning(model, { Conv_1: [0, 5, 11] });
    const pruned = applyPruning(model, plan, modelId('pruned'));
    const masked = maskChannels(model, plan);
    expect(largestDifference(logitsOf(pruned, images), logitsOf(masked, images))).toBeLessThan(1e-4);
    const exported = await loadPlainly(unzipSync(await exportModel(pruned, { modelCard: '' })));
    expect(exported.getLayer('Conv_1').outputShape).toEqual([null, 8, 8, 21]);
    const back = tidy(() => (exported.predict(images) as Tensor2D).arraySync());
    expect(largestDifference(back, logitsOf(pruned, images))).toBeLessThan(1e-6);
    for (const made of [model, pruned, masked]) disposeModel(made);
    for (const network of [plain, exported]) disposeNetwork(network);
  });
});

describe('classes named beside a network', () => {
  const readWith = async (name: string, text: string) => {
    const files = (await forWeb()).filter(({ path }) => !path.endsWith('metadata.json'));
    const model = await readModelFiles([...files, { path: `teachable-machine/${name}`, bytes: strToU8(text) }]);
    disposeModel(model);
    return model;
  };
  const numbered = ['class 0', 'class 1', 'class 2'];

  it.each([
    ['labels.txt', 'a\nb\n\nc\n', ['a', 'b', 'c']],
    ['labels.txt', '\uFEFF0 a\r\n1 b b\r\n2 c', ['a', 'b b', 'c']],
    ['labels.txt', '1 a\n2 b\n3 c\n', ['1 a', '2 b', '3 c']],
    ['metadata.json', '{"labels":["a","b","c"]}', ['a', 'b', 'c']],
    ['metadata.json', '{"labels":[1,2,3]}', numbered],
    ['metadata.json', '{"labels":', numbered],
  ])('%s with %j names %j, and says nothing of pixels', async (name, text, classNames) => {
    const { classNames: found, preprocessing } = await readWith(name, text);
    expect(found).toEqual(classNames);
    expect(preprocessing).toMatchObject({ mean: [0, 0, 0], std: [1, 1, 1] });
  });

  it.each([
    ['a\nb\n', 'labels.txt was not used: it names 2 classes, and the network has 3 outputs.'],
    ['a\nb\na\n', 'labels.txt was not used: it names two classes "a".'],
  ])('labels.txt with %j is not used, and a note says why', async (text, note) => {
    const { classNames, notes } = await readWith('labels.txt', text);
    expect(classNames).toEqual(numbered);
    expect(notes).toContain(note);
  });
});
