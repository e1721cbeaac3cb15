import '@tensorflow/tfjs-backend-cpu';
import { io, memory, type Tensor2D } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { FileStore } from '../artifacts/fileStore';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { modelId } from '../foundation/ids';
import { atEveryOperation, faults } from '../testing/faultyFileStore';
import { goldenSurgery, logitsOf } from '../testing/goldenSurgery';
import { deserializeModel } from './deserializeModel';
import { disposeModel } from './disposeModel';
import { exportModel } from './exportModel';
import { packModelFiles } from './files/packModelFiles';
import type { LabModel } from './labModel';
import { deleteModel, listModelIds, listModels, loadModel, saveModel } from './modelStore';
import { serializeModel } from './serializeModel';
import { summarizeModel } from './summarizeModel';
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
    const listed = async () =>
      (await listModels(store, await listModelIds(store))).models.map(({ summary }) => summary.id);
    expect(await listed()).toEqual(['another', 'pruned']);
    await deleteModel(store, modelId('another'));
    expect(await listed()).toEqual(['pruned']);
    expect(await listModelIds(store)).toEqual(['pruned']);
  });

  it('keeps the summary as it is and lists it without opening a body', async () => {
    const { model } = prunedModel();
    const below = createMemoryFileStore();
    const summary = await saveModel(below, model);
    expect(summary).toEqual(summarizeModel(model, { batchSize: 64 }));
    const read: string[] = [];
    const counting = {
      ...below,
      read: (path: string) => {
        read.push(path);
        return below.read(path);
      },
    };
    const { models, unreadable } = await listModels(counting, await listModelIds(counting));
    expect(models.map((stored) => stored.summary)).toEqual([summary]);
    expect(unreadable).toEqual([]);
    expect(read).toEqual(['models/pruned/head.json']);
    // Bodies and head are all that there is.
    const headBytes = (await below.read('models/pruned/head.json'))!.length;
    expect(models[0]!.storedBytes).toBe((await below.sizeOf('models/pruned')) - headBytes);
  });

  it('names a flipped bit in any of its files, never gives another model, and is mended by being saved again', async () => {
    const { model, images } = prunedModel();
    const store = createMemoryFileStore();
    await saveModel(store, model);
    for (const name of await store.list('models/pruned')) {
      const path = `models/pruned/${name}`;
      const rotten = (await store.read(path))!;
      rotten[rotten.length >> 1]! ^= 1;
      await store.write(path, rotten);
      await expect(loadModel(store, model.id)).rejects.toMatchObject({ code: 'artifact-damaged' });
      expect((await listModels(store, await listModelIds(store))).unreadable).toEqual(
        name === 'head.json' ? ['pruned'] : [],
      );
      await saveModel(store, model);
      expect(logitsOf(await loadModel(store, model.id), images)).toEqual(logitsOf(model, images));
    }
  });

  it('refuses a model that lies under the id of another', async () => {
    const { model } = prunedModel();
    const store = createMemoryFileStore();
    await saveModel(store, model);
    for (const name of await store.list('models/pruned')) {
      await store.write(`models/other/${name}`, (await store.read(`models/pruned/${name}`))!);
    }
    await expect(loadModel(store, modelId('other'))).rejects.toMatchObject({ code: 'artifact-damaged' });
  });

  it.each(faults)(
    'has the old model or the new one, whole, when saving meets the fault "%s" at any operation',
    async (fault) => {
      const { model, images } = prunedModel();
      const renamed: LabModel = { ...model, name: 'renamed net' };
      await atEveryOperation(fault, async (breakStore) => {
        const store = createMemoryFileStore();
        await saveModel(store, model);
        const broken = breakStore(store);
        const saved = await saveModel(broken, renamed).then(
          () => true,
          () => false,
        );
        const loaded = await loadModel(store, model.id);
        if (saved) expect(loaded.name).toBe('renamed net');
        expect(['pruned net', 'renamed net']).toContain(loaded.name);
        expect(logitsOf(loaded, images)).toEqual(logitsOf(model, images));
        disposeModel(loaded);
      });
    },
  );
});

describe('a model that an earlier version kept', () => {
  /** As it lay before there were heads. */
  async function keepAsBefore(store: FileStore) {
    const { model, images } = prunedModel();
    for (const { path, bytes } of packModelFiles(await serializeModel(model))) {
      await store.write(`models/pruned/${path}`, bytes);
    }
    return { model, images };
  }

  it('is listed, opens to the same logits, and gets a head once', async () => {
    const store = createMemoryFileStore();
    const { model, images } = await keepAsBefore(store);
    const before = memory().numTensors;
    const { models } = await listModels(store, await listModelIds(store));
    expect(models.map(({ summary }) => summary)).toEqual([summarizeModel(model, { batchSize: 64 })]);
    expect(memory().numTensors).toBe(before);
    const names = await store.list('models/pruned');
    expect(names).toHaveLength(4);
    expect(names).toContain('head.json');
    expect(logitsOf(await loadModel(store, model.id), images)).toEqual(logitsOf(model, images));
  });

  it.each(faults)('is never lost when its migration meets the fault "%s" at any operation', async (fault) => {
    const expected = logitsOf(prunedModel().model, prunedModel().images);
    const count = await atEveryOperation(fault, async (breakStore) => {
      const store = createMemoryFileStore();
      const { model, images } = await keepAsBefore(store);
      const broken = breakStore(store);
      await listModels(broken, await listModelIds(store)).catch(() => undefined);
      expect((await listModels(store, await listModelIds(store))).models).toHaveLength(1);
      const loaded = await loadModel(store, model.id);
      expect(logitsOf(loaded, images)).toEqual(expected);
      disposeModel(loaded);
    });
    expect(count).toBeGreaterThanOrEqual(4);
  });

  it('that is damaged stays listed as one that cannot be read', async () => {
    const store = createMemoryFileStore();
    await keepAsBefore(store);
    await store.write('models/pruned/model.json', new Uint8Array([1]));
    expect(await listModels(store, await listModelIds(store))).toEqual({ models: [], unreadable: ['pruned'] });
    await expect(loadModel(store, modelId('pruned'))).rejects.toMatchObject({ code: 'model-unreadable' });
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
