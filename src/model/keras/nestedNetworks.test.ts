import '@tensorflow/tfjs-backend-cpu';
import { readFile } from 'node:fs/promises';
import { memory, type Scalar, setBackend, sum, tensor, tensor4d, tidy, variableGrads } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { disposeModel } from '../disposeModel';
import { forwardTraining } from '../forwardTraining';
import { activationBytes } from '../memoryNeed';
import { readModelFiles } from '../readModelFiles';
import { summarizeModel } from '../summarizeModel';
import { tapLayer } from '../tapLayer';

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
      places: 2,
    });
    expect(activationBytes(conv)).toBe(2 * 8 * 8 * 4 * 4);
    expect(() => tapLayer(model, 'conv')).toThrow(
      expect.objectContaining({ code: 'layer-not-prunable', message: expect.stringContaining('at several places') }),
    );
    expect(layers.find(({ name }) => name === 'stem')!.reason).toBe(
      'its channels enter "conv", which stands at several places',
    );
    disposeModel(model);
  });

  it('trains a layer at several places as one: its gradient is that of both', async () => {
    const model = await read('nested-twice.keras');
    const images = wave();
    const kernel = model.network.getLayer('conv').weights[0]!;
    const loss = () => tidy(() => sum(forwardTraining(model, { images, groups: null }).logits) as Scalar);
    const { grads } = variableGrads(loss);
    const shape = kernel.read().shape;
    const name = Object.keys(grads).find(
      (key) => /(^|\/)conv\/kernel/.test(key) && grads[key]!.shape.join() === shape.join(),
    );
    const gradient = await grads[name!]!.data<'float32'>();
    const before = await kernel.read().data<'float32'>();
    const position = gradient.reduce(
      (largest, value, i) => (Math.abs(value) > Math.abs(gradient[largest]!) ? i : largest),
      0,
    );
    const lossAt = (step: number) => {
      tidy(
        () =>
          void kernel.write(
            tensor(
              before.map((value, i) => (i === position ? value + step : value)),
              shape,
            ),
          ),
      );
      return loss().dataSync()[0]!;
    };
    const step = 1e-2;
    const slope = (lossAt(step) - lossAt(-step)) / (2 * step);
    expect(Math.abs(slope - gradient[position]!) / Math.abs(slope)).toBeLessThan(0.02);
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
