import '@tensorflow/tfjs-backend-cpu';
import { io, randomNormal, setBackend, type Tensor4D } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../foundation/ids';
import { largestDifference, logitsOf } from '../testing/goldenSurgery';
import { exportModel } from './exportModel';
import type { LabModel } from './labModel';
import { readModelFiles } from './readModelFiles';
import { setModelUse } from './setModelUse';
import { applyPruning } from './surgery/applyPruning';
import { maskChannels } from './surgery/maskChannels';
import { planPruning } from './surgery/planPruning';

beforeAll(async () => {
  await setBackend('cpu');
});

function buildNetwork(channels: number): LayersModel {
  return sequential({
    name: 'foreign',
    layers: [
      layers.conv2d({ name: 'c1', inputShape: [8, 8, channels], filters: 6, kernelSize: 3, activation: 'relu' }),
      layers.globalAveragePooling2d({ name: 'gap' }),
      layers.dense({ name: 'fc', units: 3 }),
    ],
  });
}

async function savedByTfjs(network: LayersModel) {
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
    { path: 'model.json', bytes: strToU8(JSON.stringify({ modelTopology, weightsManifest })) },
    { path: 'weights.bin', bytes: new Uint8Array(io.CompositeArrayBuffer.join(weightData)) },
  ];
}

const readGrey = async (): Promise<LabModel> => readModelFiles(await savedByTfjs(buildNetwork(1)));

describe('a network of one channel', () => {
  it('is read with pixels as grey from 0 to 1, and says so', async () => {
    const model = await readGrey();
    expect(model.preprocessing).toEqual({ imageSize: 8, mean: [0], std: [1], channelOrder: 'grey' });
    expect(model.notes?.[0]).toBe(
      'There is no lab.json: the classes are numbered, images are turned to grey (grey = round(0.299 red + 0.587 green + 0.114 blue)), and pixels are scaled to 0 … 1.',
    );
  });

  it('takes a preset for one channel, and refuses one of three channels and three numbers', async () => {
    const model = await readGrey();
    const set = await setModelUse(model, { preprocessing: 'imagenet' });
    // (0.485 + 0.456 + 0.406) / 3 and (0.229 + 0.224 + 0.225) / 3.
    expect(set.preprocessing).toEqual({ imageSize: 8, mean: [0.449], std: [0.226], channelOrder: 'grey' });
    const refused = { code: 'config-invalid' };
    await expect(setModelUse(model, { preprocessing: 'caffe' })).rejects.toMatchObject(refused);
    const three = { mean: [0, 0, 0] as [number, number, number], std: [1, 1, 1] as [number, number, number] };
    await expect(setModelUse(model, { preprocessing: three })).rejects.toMatchObject(refused);
  });

  it('refuses another count than three or one, and a lab.json of another count', async () => {
    await expect(readModelFiles(await savedByTfjs(buildNetwork(2)))).rejects.toMatchObject({
      code: 'model-unreadable',
      message: expect.stringContaining('[?, 8, 8, 2]'),
    });
    const colour = unzipSync(
      await exportModel(await readModelFiles(await savedByTfjs(buildNetwork(3))), { modelCard: '' }),
    );
    const grey = unzipSync(await exportModel(await readGrey(), { modelCard: '' }));
    const mixed = zipSync({ ...grey, 'lab.json': colour['lab.json']! });
    await expect(readModelFiles([{ path: 'mixed.zip', bytes: mixed }])).rejects.toMatchObject({
      message: expect.stringContaining('images with 3 channels, but the network takes 1'),
    });
  });

  it('is exported with one mean, one std and the formula of its grey, and read back the same', async () => {
    const model = await setModelUse(await readGrey(), { preprocessing: 'lab' });
    const zip = await exportModel(model, { modelCard: '' });
    expect(JSON.parse(strFromU8(unzipSync(zip)['preprocessing.json']!))).toEqual({
      formula: '(pixel / 255 - mean) / std',
      channels: 'grey',
      grey: 'grey = round(0.299 red + 0.587 green + 0.114 blue)',
      imageSize: 8,
      mean: [0.5],
      std: [0.25],
    });
    const read = await readModelFiles([{ path: 'grey.zip', bytes: zip }]);
    expect(read.preprocessing).toEqual(model.preprocessing);
  });

  it('loses channels as a network in colour does: removing is masking', async () => {
    const model = await readGrey();
    const images = randomNormal([4, 8, 8, 1], 0, 1, 'float32', 3) as Tensor4D;
    const plan = planPruning(model, { c1: [0, 4] }, 'tail');
    const pruned = applyPruning(model, plan, modelId('pruned'));
    expect(pruned.network.getLayer('c1').getWeights()[0]!.shape).toEqual([3, 3, 1, 4]);
    const masked = maskChannels(model, plan);
    expect(largestDifference(logitsOf(pruned, images), logitsOf(masked, images))).toBeLessThan(1e-5);
  });
});
