import '@tensorflow/tfjs-backend-cpu';
import { io, memory } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { modelId } from '../foundation/ids';
import { goldenSurgery, largestDifference, logitsOf } from '../testing/goldenSurgery';
import { exportModel } from './exportModel';
import { readModelFiles } from './readModelFiles';

const id = modelId('read');

/** The golden flatten net as tfjs itself would save it: fused activations, a softmax at the end, two shards. */
async function savedByTfjs() {
  const { model, images, expected } = goldenSurgery('vgg_flatten');
  const weights = model.network.layers.filter((layer) => layer.weights.length > 0);
  const [conv1, conv2, fc1, fc2] = weights.map((layer) => layer.getWeights());
  const network = sequential({
    name: 'foreign',
    layers: [
      layers.conv2d({
        name: 'c1',
        inputShape: [8, 8, 3],
        filters: 6,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        weights: conv1,
      }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ name: 'c2', filters: 8, kernelSize: 3, padding: 'same', activation: 'relu', weights: conv2 }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ name: 'd1', units: 10, activation: 'relu', weights: fc1, trainable: false }),
      layers.dense({ name: 'd2', units: 4, activation: 'softmax', weights: fc2 }),
    ],
  });
  const saved: io.ModelArtifacts[] = [];
  await network.save(
    io.withSaveHandler(async (artifacts) => {
      saved.push(artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const { modelTopology, weightSpecs, weightData } = saved[0]!;
  const bytes = new Uint8Array(io.CompositeArrayBuffer.join(weightData));
  const json = {
    modelTopology: modelTopology as Record<string, unknown>,
    weightsManifest: [{ paths: ['group1-shard1of2', 'group1-shard2of2'], weights: weightSpecs! }],
  };
  return { json, bytes, images, expected: expected.original! };
}

function loose(json: object, bytes: Uint8Array) {
  const half = Math.floor(bytes.length / 3);
  return [
    { path: 'net/notes.txt', bytes: strToU8('hello') },
    { path: 'net/group1-shard2of2', bytes: bytes.subarray(half) },
    { path: 'net/model.json', bytes: strToU8(JSON.stringify(json)) },
    { path: 'net/group1-shard1of2', bytes: bytes.subarray(0, half) },
  ];
}

describe('readModelFiles', () => {
  it('reads a foreign model with nested shards, as logits, with taps before the activations', async () => {
    const { json, bytes, images, expected } = await savedByTfjs();
    const model = await readModelFiles(loose(json, bytes), { id });
    expect(largestDifference(logitsOf(model, images), expected)).toBeLessThan(1e-4);
    expect(model.network.layers.map(({ name }) => name).slice(0, 2)).toEqual(['c1', 'c1_relu']);
    expect(model).toMatchObject({
      id,
      name: 'foreign',
      classNames: ['class 0', 'class 1', 'class 2', 'class 3'],
      preprocessing: { imageSize: 8, mean: [0, 0, 0], std: [1, 1, 1] },
      originalChannels: {},
    });
    expect(model.notes).toEqual([
      'There is no lab.json: the classes are numbered, and pixels are scaled to 0 … 1.',
      'The softmax of "d2" was taken off: the outputs are logits now.',
      'The relu inside "c1" became the layer "c1_relu".',
      'The relu inside "c2" became the layer "c2_relu".',
      'The relu inside "d1" became the layer "d1_relu".',
      'Frozen layers were set free, so that fine-tuning reaches them: d1.',
    ]);
  });

  it('reads what the lab exported, unchanged', async () => {
    const { model, images } = goldenSurgery('vgg_bn_gap');
    const named = { ...model, classNames: ['p', 'q', 'r', 's'], originalChannels: { conv2: [0, 1, 2, 3, 4, 5, 6, 9] } };
    const zip = await exportModel(named, { format: 'tfjs', modelCard: '' });
    const read = await readModelFiles([{ path: 'export.zip', bytes: zip }], { id });
    expect(read.notes).toEqual([]);
    expect(logitsOf(read, images)).toEqual(logitsOf(model, images));
    expect(read).toMatchObject({ classNames: named.classNames, originalChannels: named.originalChannels });
  });

  it('names a model after its content: the same files give the same id, others another', async () => {
    const { json, bytes } = await savedByTfjs();
    const files = loose(json, bytes);
    const first = await readModelFiles(files);
    expect(first.id).toMatch(/^foreign-[0-9a-f]{16}$/);
    expect((await readModelFiles(files.toReversed())).id).toBe(first.id);
    const changed = bytes.slice();
    changed[4]! ^= 1;
    expect((await readModelFiles(loose(json, changed))).id).not.toBe(first.id);
  });

  it('reads shards that were dropped without their folder', async () => {
    const { json, bytes, images, expected } = await savedByTfjs();
    const files = loose(json, bytes).map(({ path, bytes: content }) => ({
      path: path.endsWith('model.json') ? 'elsewhere/model.json' : path,
      bytes: content,
    }));
    const model = await readModelFiles(files, { id });
    expect(largestDifference(logitsOf(model, images), expected)).toBeLessThan(1e-4);
  });

  it('reads what Keras 3 writes: batch_shape, dtype policies, longer weight names', async () => {
    const { json, bytes, images, expected } = await savedByTfjs();
    const text = JSON.stringify(json.modelTopology)
      .replaceAll('"batch_input_shape"', '"batch_shape"')
      .replaceAll('"dtype":"float32"', '"dtype":{"class_name":"DTypePolicy","config":{"name":"float32"}}');
    const [group] = json.weightsManifest;
    const weights = group!.weights.map((weight) => ({ ...weight, name: `foreign/${weight.name}` }));
    const keras3 = { modelTopology: JSON.parse(text), weightsManifest: [{ ...group!, weights }] };
    expect(text).toContain('batch_shape');
    const model = await readModelFiles(loose(keras3, bytes), { id });
    expect(largestDifference(logitsOf(model, images), expected)).toBeLessThan(1e-4);
  });

  it('leaks no tensor when it refuses', async () => {
    const { json, bytes } = await savedByTfjs();
    const before = memory().numTensors;
    await expect(readModelFiles(loose(json, withNaN(bytes)), { id })).rejects.toThrow('NaN');
    expect(memory().numTensors).toBe(before);
  });

  it.each<[string, (saved: Awaited<ReturnType<typeof savedByTfjs>>) => { path: string; bytes: Uint8Array }[], string]>([
    ['JSON that is cut off', () => [{ path: 'model.json', bytes: strToU8('{"modelTopology": {') }], 'not valid JSON'],
    ['files without a model', () => [{ path: 'cat.jpg', bytes: new Uint8Array(3) }], 'no model description'],
    ['no files', () => [], 'no model description'],
    [
      'a damaged zip',
      () => [{ path: 'a.zip', bytes: zipSync({ 'model.json': strToU8('{}') }).subarray(0, 40) }],
      'the zip is damaged',
    ],
    [
      'a missing shard',
      ({ json, bytes }) => loose(json, bytes).filter(({ path }) => !path.endsWith('2of2')),
      'group1-shard2of2',
    ],
    ['a truncated shard', ({ json, bytes }) => loose(json, bytes.subarray(0, bytes.length - 8)), 'should take'],
    ['weights that are no numbers', ({ json, bytes }) => loose(json, withNaN(bytes)), 'holds NaN at position 2'],
    [
      'a graph model',
      ({ json, bytes }) => loose({ ...json, format: 'graph-model' }, bytes),
      'graph model, whose layers are frozen',
    ],
    ['a topology of unknown layers', ({ json, bytes }) => loose(withLayer(json, 'Lambda'), bytes), 'cannot be built'],
    [
      'a lab.json of another model',
      ({ json, bytes }) => [...loose(json, bytes), { path: 'net/lab.json', bytes: strToU8('{"format":"other"}') }],
      'lab.json',
    ],
  ])('refuses %s, and says what is wrong', async (_name, files, text) => {
    await expect(readModelFiles(files(await savedByTfjs()), { id })).rejects.toMatchObject({
      code: 'model-unreadable',
      message: expect.stringContaining(text),
    });
  });
});

/** The third weight becomes NaN. */
function withNaN(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setFloat32(8, Number.NaN, true);
  return copy;
}

function withLayer(json: { modelTopology: Record<string, unknown> }, className: string): object {
  const text = JSON.stringify(json).replace('"class_name":"Flatten"', `"class_name":"${className}"`);
  return JSON.parse(text);
}
