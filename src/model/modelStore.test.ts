import '@tensorflow/tfjs-backend-cpu';
import { io, memory, type Tensor2D } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { modelId } from '../foundation/ids';
import { goldenSurgery, logitsOf } from '../testing/goldenSurgery';
import { deserializeModel } from './deserializeModel';
import { disposeModel } from './disposeModel';
import { exportModel } from './exportModel';
import type { LabModel } from './labModel';
import { deleteModel, listModels, loadModel, saveModel } from './modelStore';
import { serializeModel } from './serializeModel';
import { applyPruning } from './surgery/applyPruning';
import { planPruning } from './surgery/planPruning';

/** A pruned model, so that what is kept differs from what an architecture would build. */
function prunedModel() {
  const { model, images } = goldenSurgery('vgg_bn_gap');
  const pruned = applyPruning(model, planPruning(model, { conv2: [2, 7] }), modelId('pruned'));
  const named: LabModel = {
    ...pruned,
    name: 'pruned net',
    classNames: ['naevus', 'melanoma', 'wart', 'cyst'],
    notes: ['kept'],
  };
  return { model: named, images };
}

describe('modelStore', () => {
  it('gives back the model that was saved: same logits, names, preprocessing and channel numbers', async () => {
    const { model, images } = prunedModel();
    const store = createMemoryFileStore();
    await saveModel(store, model);
    const loaded = await loadModel(store, model.id);
    expect(logitsOf(loaded, images)).toEqual(logitsOf(model, images));
    const { network: _old, ...kept } = model;
    const { network: _new, ...read } = loaded;
    expect(read).toEqual(kept);
  });

  it('leaks no tensor on the way through the store', async () => {
    const { model } = prunedModel();
    const store = createMemoryFileStore();
    const before = memory().numTensors;
    await saveModel(store, model);
    disposeModel(await loadModel(store, model.id));
    expect(memory().numTensors).toBe(before);
  });

  it('names a model that is not there', async () => {
    await expect(loadModel(createMemoryFileStore(), modelId('gone'))).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringContaining('gone'),
    });
  });

  it('lists what was saved, and no longer what was deleted', async () => {
    const { model } = prunedModel();
    const store = createMemoryFileStore();
    await saveModel(store, model);
    await saveModel(store, { ...model, id: modelId('another') });
    expect(await listModels(store)).toEqual(['another', 'pruned']);
    await deleteModel(store, modelId('another'));
    expect(await listModels(store)).toEqual(['pruned']);
  });
});

describe('serializeModel', () => {
  it('keeps every weight bit for bit, whatever other models are alive', async () => {
    const { model } = prunedModel();
    const first = await serializeModel(model);
    const again = await deserializeModel(structuredClone(first));
    const second = await serializeModel(again);
    expect(new Uint8Array(second.weights)).toEqual(new Uint8Array(first.weights));
    expect(second.weightSpecs).toEqual(first.weightSpecs);
    expect(first.weightSpecs.slice(0, 3).map(({ name }) => name)).toEqual(['conv1/kernel', 'conv1/bias', 'bn1/gamma']);
  });
});

describe('exportModel', () => {
  it('makes a zip that plain loadLayersModel reads to the same logits', async () => {
    const { model, images } = prunedModel();
    const entries = unzipSync(await exportModel(model, { format: 'tfjs', modelCard: '# Card' }));
    expect(Object.keys(entries).sort()).toEqual([
      'MODEL_CARD.md',
      'lab.json',
      'labels.txt',
      'model.json',
      'preprocessing.json',
      'weights.bin',
    ]);
    const { modelTopology, weightsManifest } = JSON.parse(strFromU8(entries['model.json']!));
    const network = await loadLayersModel(
      io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: entries['weights.bin']!.slice().buffer,
      }),
    );
    expect((network.predict(images) as Tensor2D).arraySync()).toEqual(logitsOf(model, images));
  });

  it('writes the labels one a line, the card, and how pixels become input', async () => {
    const { model } = prunedModel();
    const entries = unzipSync(await exportModel(model, { format: 'tfjs', modelCard: '# Card' }));
    expect(strFromU8(entries['labels.txt']!)).toBe('naevus\nmelanoma\nwart\ncyst\n');
    expect(strFromU8(entries['MODEL_CARD.md']!)).toBe('# Card');
    expect(JSON.parse(strFromU8(entries['preprocessing.json']!))).toEqual({
      formula: '(pixel / 255 - mean) / std',
      channels: 'RGB',
      imageSize: 8,
      mean: [0, 0, 0],
      std: [1, 1, 1],
    });
  });

  it('gives the same bytes for the same model', async () => {
    const { model } = prunedModel();
    expect(await exportModel(model, { format: 'tfjs', modelCard: '' })).toEqual(
      await exportModel(model, { format: 'tfjs', modelCard: '' }),
    );
  });
});
