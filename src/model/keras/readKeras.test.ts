import '@tensorflow/tfjs-backend-cpu';
import { readFile } from 'node:fs/promises';
import { setBackend, tensor4d } from '@tensorflow/tfjs-core';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { disposeModel } from '../disposeModel';
import type { NamedBytes } from '../files/packModelFiles';
import { readModelFiles } from '../readModelFiles';
import { summarizeModel } from '../summarizeModel';

beforeAll(async () => {
  await setBackend('cpu');
});

const folder = new URL('fixtures/', import.meta.url);
async function fixture(path: string): Promise<NamedBytes> {
  return { path, bytes: new Uint8Array(await readFile(new URL(path, folder))) };
}

/** What PyTorch gives, by the net. */
async function logitsDue(): Promise<Record<string, number[][]>> {
  return JSON.parse(await readFile(new URL('logits.json', folder), 'utf8'));
}

/** The images of `makeKeras.py`. */
const wave = () =>
  tensor4d(
    Float32Array.from({ length: 384 }, (_, i) => Math.sin(0.37 * i * i + 1.7 * i)),
    [2, 8, 8, 3],
  );

const unreadable = (part: string) =>
  expect.objectContaining({ code: 'model-unreadable', message: expect.stringContaining(part) });

/** The archive with one file changed. */
async function withEntry(path: string, name: string, change: (text: string) => string): Promise<NamedBytes> {
  const entries = unzipSync((await fixture(path)).bytes);
  const text = new TextDecoder().decode(entries[name]);
  return { path, bytes: zipSync({ ...entries, [name]: strToU8(change(text)) }) };
}

describe('reading Keras files', () => {
  it.each([
    ['sequential.h5', 'sequential', 'Keras HDF5 (.h5)'],
    ['nested.h5', 'sequential', 'Keras HDF5 (.h5)'],
    ['sequential.keras', 'sequential', 'Keras 3 archive (.keras)'],
    ['nested.keras', 'sequential', 'Keras 3 archive (.keras)'],
    ['functional.keras', 'functional', 'Keras 3 archive (.keras)'],
    ['functional-named.keras', 'functional', 'Keras 3 archive (.keras)'],
  ])('%s gives the logits of the same weights in PyTorch', async (path, net, format) => {
    const due = await logitsDue();
    const model = await readModelFiles([await fixture(path)]);
    const largest = Math.max(...due[net]!.flat().map(Math.abs));
    expect(largestDifference(logitsOf(model, wave()), due[net]!) / largest).toBeLessThan(1e-5);
    expect(model.importReport!.format).toBe(format);
    disposeModel(model);
  });

  it.each([
    ['order.keras', 'byKind', 'another name tells that groups are not named after layers'],
    ['order-written.keras', 'byKind', "the layers' names are written on the groups"],
    ['order-twice.keras', 'byKind', 'tf.keras counts layers with weights twice'],
  ])('%s: layers named out of order get their own weights (%s), since %s', async (path, due) => {
    const model = await readModelFiles([await fixture(path)]);
    expect(largestDifference(logitsOf(model, wave()), (await logitsDue())[due]!)).toBeLessThan(1e-5);
    disposeModel(model);
  });

  it('asks what the names of groups stand for where they can be read in two ways', async () => {
    const file = await fixture('order-open.keras');
    const question = expect.objectContaining({
      key: 'weights-by',
      choices: [expect.objectContaining({ value: 'kind' }), expect.objectContaining({ value: 'name' })],
    });
    await expect(readModelFiles([file])).rejects.toMatchObject({ code: 'needs-answers', questions: [question] });
    for (const [answer, due] of [
      ['kind', 'byKind'],
      ['name', 'byName'],
    ] as const) {
      const model = await readModelFiles([file], { answers: { 'weights-by': answer } });
      expect(largestDifference(logitsOf(model, wave()), (await logitsDue())[due]!)).toBeLessThan(1e-5);
      expect(model.importReport!.assumed).toMatchObject([{ key: 'weights-by', value: answer }]);
      disposeModel(model);
    }
  });

  it('reports which weights went where, and what was renamed', async () => {
    const model = await readModelFiles([await fixture('functional.keras')]);
    expect(model.importReport!.lines).toEqual([
      { layer: 'first', status: 'mapped', detail: 'from layers/conv2d/vars (kernel, bias)' },
      { layer: 'left', status: 'mapped', detail: 'from layers/conv2d_1/vars (kernel, bias)' },
      { layer: 'each', status: 'mapped', detail: 'from layers/depthwise_conv2d/vars (depthwise_kernel, bias)' },
      { layer: 'top', status: 'mapped', detail: 'from layers/dense/vars (kernel, bias)' },
      { layer: 'leaky', status: 'repaired', detail: 'negative_slope 0.2 is called alpha here' },
      { layer: 'act', status: 'repaired', detail: 'the activation silu is called swish here' },
    ]);
    disposeModel(model);
  });

  it('takes networks inside apart, so that their layers can be pruned', async () => {
    const model = await readModelFiles([await fixture('nested.h5')]);
    expect(model.notes).toContain('Networks that stood as layers were taken apart: "body".');
    const { layers } = summarizeModel(model, { batchSize: 1 });
    expect(layers.filter(({ prunable }) => prunable).map(({ name }) => name)).toEqual(['first', 'wide']);
    disposeModel(model);
  });

  it('refuses a file of weights without a network', async () => {
    await expect(readModelFiles([await fixture('weights-only.h5')])).rejects.toThrow(
      unreadable('weights but no network'),
    );
  });

  it.each([
    [
      'a setting that tfjs would pass over',
      (text: string) => text.replaceAll('"groups": 1', '"groups": 2'),
      '2 groups',
    ],
    [
      'a layer that tfjs does not have',
      (text: string) => text.replaceAll('"LeakyReLU"', '"SwiGLU"'),
      'layers cannot be built',
    ],
    [
      'a layer whose weights are missing',
      (text: string) => text.replaceAll('"LeakyReLU"', '"Dense"'),
      'weight "kernel" of the layer',
    ],
    ['a configuration without layers', () => '{"class_name": "Functional", "config": {}}', 'lists no layers'],
    ['a configuration that is no JSON', (text: string) => text.slice(0, 99), 'not valid JSON'],
  ])('refuses %s', async (_name, change, why) => {
    const file = await withEntry('functional.keras', 'config.json', change);
    await expect(readModelFiles([file])).rejects.toThrow(unreadable(why));
  });
});
