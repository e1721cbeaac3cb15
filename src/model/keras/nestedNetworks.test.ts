import '@tensorflow/tfjs-backend-cpu';
import { readFile } from 'node:fs/promises';
import { memory, setBackend, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { disposeModel } from '../disposeModel';
import { readModelFiles } from '../readModelFiles';
import { summarizeModel } from '../summarizeModel';

beforeAll(async () => {
  await setBackend('cpu');
});

const folder = new URL('fixtures/', import.meta.url);
const read = async (path: string) =>
  readModelFiles([{ path, bytes: new Uint8Array(await readFile(new URL(path, folder))) }]);

/** The images of `makeNested.py`. */
const wave = () =>
  tensor4d(
    Float32Array.from({ length: 384 }, (_, i) => Math.sin(0.37 * i * i + 1.7 * i)),
    [2, 8, 8, 3],
  );

const nets = ['row', 'twice', 'same', 'deep', 'several'];

describe('networks inside networks, of Keras files', () => {
  it.each(
    [...nets.flatMap((net) => [`nested-${net}.h5`, `nested-${net}.keras`]), 'nested-same-named.keras'].map((path) => ({
      path,
    })),
  )('$path gives the logits of the same weights in PyTorch, and leaves nothing', async ({ path }) => {
    const due: Record<string, number[][]> = JSON.parse(await readFile(new URL('nested.json', folder), 'utf8'));
    const expected = due[path.split(/[-.]/)[1]!]!;
    const before = memory().numTensors;
    const model = await read(path);
    const images = wave();
    const largest = Math.max(...expected.flat().map(Math.abs));
    expect(largestDifference(logitsOf(model, images), expected) / largest).toBeLessThan(1e-5);
    images.dispose();
    disposeModel(model);
    expect(memory().numTensors).toBe(before);
  });

  it('gives layers of equal names those of their networks, in the report and in the list of layers', async () => {
    const model = await read('nested-same.keras');
    expect(model.importReport!.lines.map(({ layer, detail }) => `${layer}: ${detail}`)).toEqual([
      'conv: from layers/conv2d/vars (kernel, bias)',
      'right_conv: from layers/conv2d/vars (kernel, bias)',
      'top: from layers/dense/vars (kernel, bias)',
    ]);
    const { layers } = summarizeModel(model, { batchSize: 1 });
    expect(layers.filter(({ prunable }) => prunable).map(({ name }) => name)).toEqual(['conv', 'right_conv']);
    disposeModel(model);
  });

  it('says which layers cannot be pruned because their network is called twice, and counts their cost twice', async () => {
    const model = await read('nested-twice.keras');
    const { layers } = summarizeModel(model, { batchSize: 1 });
    const conv = layers.find(({ name }) => name === 'conv')!;
    expect(conv).toMatchObject({
      prunable: false,
      reason: 'it stands at several places of the network, with the same weights',
      parameters: 3 * 3 * 4 * 4 + 4,
      macs: 2 * 8 * 8 * 3 * 3 * 4 * 4,
    });
    expect(layers.find(({ name }) => name === 'stem')!.reason).toBe(
      'its channels enter "conv", which stands at several places',
    );
    disposeModel(model);
  });

  it('names a layer that was left out, as nothing reads what it makes', async () => {
    const model = await read('nested-several.h5');
    expect(model.importReport!.lines).toContainEqual({
      layer: 'unread',
      status: 'unused',
      detail: 'nothing reads what it makes (pair / unread)',
    });
    disposeModel(model);
  });
});
