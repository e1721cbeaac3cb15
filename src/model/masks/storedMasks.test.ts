import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, type Tensor4D } from '@tensorflow/tfjs-core';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { modelId } from '../../foundation/ids';
import { goldenSurgery, logitsOf } from '../../testing/goldenSurgery';
import { bitsOf, randomMasks } from '../../testing/randomMasks';
import { buildRandomNetwork } from '../../testing/randomNetwork';
import { copyModel } from '../copyModel';
import { deserializeModel } from '../deserializeModel';
import { exportModel } from '../exportModel';
import { identifyModel } from '../identifyModel';
import type { ExportFormat, LabModel } from '../labModel';
import { loadModel, saveModel } from '../modelStore';
import { loadOnnxProto } from '../onnx/onnxProto';
import { readModelFiles } from '../readModelFiles';
import { serializeModel } from '../serializeModel';
import { applyWeightMasks } from './applyWeightMasks';
import { countHeldZeros } from './heldZeros';

beforeAll(async () => {
  await setBackend('cpu');
});

function maskedModel(): { model: LabModel; images: Tensor4D } {
  const { model, images } = goldenSurgery('vgg_flatten');
  return { model: applyWeightMasks(model, randomMasks(model, 4), modelId('masked')), images };
}

async function exported(model: LabModel, format: ExportFormat): Promise<Record<string, Uint8Array>> {
  return unzipSync(await exportModel(model, { format, modelCard: '' }));
}

const named = (entries: Record<string, Uint8Array>) =>
  Object.entries(entries).map(([path, bytes]) => ({ path, bytes }));

describe('masks of single weights are kept, and every weight to the bit,', () => {
  it.each<[string, (model: LabModel) => Promise<LabModel> | LabModel]>([
    ['by a copy', (model) => copyModel(model, model.id)],
    ['on the way between workers', async (model) => deserializeModel(structuredClone(await serializeModel(model)))],
    [
      'by the store',
      async (model) => {
        const store = createMemoryFileStore();
        const summary = await saveModel(store, model);
        expect(summary.weightsHeldAtZero).toBe(countHeldZeros(model));
        return loadModel(store, model.id);
      },
    ],
    ['by the zip for tfjs', async (model) => readModelFiles(named(await exported(model, 'tfjs')), { id: model.id })],
    ['by ONNX', async (model) => readModelFiles(named(await exported(model, 'onnx')), { id: model.id })],
  ])('%s', async (_, pass) => {
    const { model } = maskedModel();
    const passed = await pass(model);
    expect(passed.weightMasks).toEqual(model.weightMasks);
    expect(passed.weightMasks!.length).toBeGreaterThan(3);
    expect(bitsOf(passed)).toEqual(bitsOf(model));
    expect(await identifyModel(passed)).toBe(await identifyModel(model));
  });

  it('and the id of a model stands for them', async () => {
    const { model } = maskedModel();
    const { weightMasks: _, ...free } = model;
    expect(await identifyModel(free)).not.toBe(await identifyModel(model));
  });
});

describe('a file that carries the zeros alone', () => {
  it('for PyTorch says how many they are, and that training on fills them', async () => {
    const { model } = maskedModel();
    const entries = await exported(model, 'pytorch');
    const script = strFromU8(entries['load_model.py']!);
    expect(script).toMatch(
      new RegExp(
        `Zeros: ${countHeldZeros(model)} of \\d+ weights are zero .* The masks are not in this file.* fills these`,
      ),
    );
    const { model: free } = goldenSurgery('vgg_flatten');
    expect(strFromU8((await exported(free, 'pytorch'))['load_model.py']!)).not.toContain('Zeros');
  });

  it('as ONNX says so in itself; the lab lets go of what a translated layer was held by, and says which', async () => {
    const free = buildRandomNetwork({ channels: 3, between: [], reader: 'separable', useBias: true, seed: 2 });
    const model = applyWeightMasks(free, randomMasks(free, 5), modelId('masked'));
    const entries = await exported(model, 'onnx');
    const { ModelProto } = await loadOnnxProto();
    expect(ModelProto.decode(entries['model.onnx']!).docString).toMatch(/^\d+ of \d+ weights are zero .* fills these/);
    const back = await readModelFiles([{ path: 'model.onnx', bytes: entries['model.onnx']! }]);
    expect(back.weightMasks!.map(({ layer }) => layer)).toEqual(expect.arrayContaining(['conv', 'logits']));
    expect(back.notes).toContain(
      'Zeros are not held any more: there is a mask of "reader/depthwise_kernel", but the network has no such weight.',
    );
  });
});

describe('lab.json is refused', () => {
  interface Written {
    weightMasks: { layer: string; weight: string; shape: number[]; heldAtZero: number; zeros: string }[];
  }

  it.each<[string, (written: Written) => void, string]>([
    ['when bits of a mask are missing', ({ weightMasks: [mask] }) => void (mask!.zeros = 'AA=='), '"weightMasks.0"'],
    ['when its masks hold another number', ({ weightMasks: [mask] }) => void mask!.heldAtZero++, 'as told'],
    ['when the layer is not there', ({ weightMasks: [mask] }) => void (mask!.layer = 'other'), 'no such weight'],
    ['when the weight has another shape', ({ weightMasks: [mask] }) => void mask!.shape.reverse(), 'has the shape ['],
  ])('%s, by name, without a tensor left', async (_, change, message) => {
    const entries = await exported(maskedModel().model, 'tfjs');
    const written: Written = JSON.parse(strFromU8(entries['lab.json']!));
    change(written);
    const before = memory().numTensors;
    const files = named({ ...entries, 'lab.json': strToU8(JSON.stringify(written)) });
    await expect(readModelFiles(files)).rejects.toMatchObject({
      code: 'model-unreadable',
      message: expect.stringContaining(message),
    });
    expect(memory().numTensors).toBe(before);
  });

  it('when the network beside it was trained on without the masks', async () => {
    const { model } = maskedModel();
    const entries = await exported(model, 'tfjs');
    const weights = new Float32Array(entries['weights.bin']!.slice().buffer).map((value) => value + 1);
    const files = named({ ...entries, 'weights.bin': new Uint8Array(weights.buffer) });
    await expect(readModelFiles(files)).rejects.toMatchObject({
      code: 'model-unreadable',
      message: expect.stringMatching(/\d+ elements of "conv1\/kernel" that a mask holds at zero are not zero/),
      hint: expect.stringContaining('take "weightMasks" out'),
    });
  });

  it('but not when it is of an earlier version, which knows no masks', async () => {
    const { model, images } = maskedModel();
    const entries = await exported(model, 'tfjs');
    const { weightMasks: _, ...earlier } = JSON.parse(strFromU8(entries['lab.json']!));
    const read = await readModelFiles(named({ ...entries, 'lab.json': strToU8(JSON.stringify(earlier)) }));
    expect(read.weightMasks).toBeUndefined();
    expect(logitsOf(read, images)).toEqual(logitsOf(model, images));
  });
});
