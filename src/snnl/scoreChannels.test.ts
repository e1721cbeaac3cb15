import { memory, setBackend, tensor1d, tensor4d } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset/stored/dataset';
import { createJobControl, createSilentContext } from '../foundation/createJobControl';
import { datasetId, imageSetId, modelId } from '../foundation/ids';
import type { Progress } from '../foundation/jobContext';
import { createRandom } from '../foundation/random';
import type { LabModel } from '../model/labModel';
import { startWasmAndCpu } from '../testing/computeOn';
import { composeScoreBatches } from './composeScoreBatches';
import { type ScoreRequest, scoreChannels } from './scoreChannels';
import { snnlPresets } from './snnlOptions';
import { snnlReference } from './snnlReference';

const imageSize = 4;
const count = 50;
const indices = Int32Array.from({ length: 44 }, (_, i) => i + 3);
const options = { ...snnlPresets.paper, batchSize: 16 };

let model: LabModel;
let request: ScoreRequest;

beforeAll(async () => {
  await startWasmAndCpu();
});

beforeEach(async () => {
  await setBackend('wasm');
  model = colourModel();
  request = { model, dataset: noiseDataset(), indices, layer: 'conv', options, seed: 4 };
});

describe('scoreChannels', () => {
  it('is the mean over seeded batches of the reference on the convolution’s output, before its ReLU', async () => {
    const { dataset } = request;
    const { groups } = dataset.manifest.samples;
    const ofIndices = Array.from(indices, (index) => groups[index]!);
    // The convolution passes red on as channel 0 and green, minus 2, as channel 1.
    const perBatch = composeScoreBatches(indices, ofIndices, options, 4).map((batch) => {
      const pixels = dataset.readPixels(batch);
      const maps = Array.from({ length: batch.length * imageSize ** 2 }, (_, pixel) => [
        pixels[pixel * 3]! / 255,
        pixels[pixel * 3 + 1]! / 255 - 2,
      ]).flat();
      const shape = { batch: batch.length, height: imageSize, width: imageSize, channels: 2 };
      return snnlReference({ maps, ...shape, groups: batch.map((index) => groups[index]!) }, options).losses;
    });
    expect(perBatch).toHaveLength(3);

    const found = await scoreChannels(request, createSilentContext());
    [0, 1].forEach((channel) => {
      const mean = perBatch.reduce((sum, losses) => sum + losses[channel]!, 0) / 3;
      expect(found.scores[channel]).toBeCloseTo(mean, 5);
    });
    expect(found).toMatchObject({
      layer: 'conv',
      batchesUsed: 3,
      batchesWithoutScore: 0,
      imagesUsed: 44,
      mapHeight: imageSize,
      mapWidth: imageSize,
      originalChannels: [0, 1],
      options,
    });
  });

  it('scores the channel that knows the group lower than the one that does not', async () => {
    const { scores } = await scoreChannels(request, createSilentContext());
    expect(scores[0]).toBeLessThan(scores[1]!);
  });

  it('is the same to the bit for the same seed on WASM', async () => {
    const first = await scoreChannels(request, createSilentContext());
    expect(await scoreChannels(request, createSilentContext())).toEqual(first);
    const other = await scoreChannels({ ...request, seed: 5 }, createSilentContext());
    expect(other.scores).not.toEqual(first.scores);
  });

  it('reports the channels of a pruned layer by their original numbers', async () => {
    const pruned = { ...model, originalChannels: { conv: [2, 5] } };
    const found = await scoreChannels({ ...request, model: pruned }, createSilentContext());
    expect(found.originalChannels).toEqual([2, 5]);
  });

  it('reports images done, up to all of them', async () => {
    const reports: Progress[] = [];
    const control = createJobControl('scoring', (progress) => reports.push(progress));
    await scoreChannels(request, control.context);
    control.finish();
    expect(reports.at(-1)).toMatchObject({ done: 44, total: 44, unit: 'images', fraction: 1 });
  });

  it('stops at a cancel, and keeps no tensor whether it was cancelled or ran through', async () => {
    await scoreChannels(request, createSilentContext());
    const before = memory().numTensors;
    await scoreChannels(request, createSilentContext());
    expect(memory().numTensors).toBe(before);
    const control = createJobControl('scoring', () => undefined);
    const running = scoreChannels(request, control.context);
    setTimeout(() => control.cancel(), 0);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(memory().numTensors).toBe(before);
  });

  it('fails with no-score when every image is of one group', async () => {
    const groups = Array.from({ length: count }, () => 1);
    await expect(
      scoreChannels({ ...request, dataset: noiseDataset(groups) }, createSilentContext()),
    ).rejects.toMatchObject({ code: 'no-score' });
  });
});

/** One 1×1 convolution, channel 0 = red, channel 1 = green - 2, then ReLU, mean and two outputs. */
function colourModel(): LabModel {
  const network = sequential({
    layers: [
      layers.conv2d({ name: 'conv', filters: 2, kernelSize: 1, inputShape: [imageSize, imageSize, 3] }),
      layers.activation({ name: 'relu', activation: 'relu' }),
      layers.globalAveragePooling2d({ name: 'mean' }),
      layers.dense({ name: 'fc', units: 2 }),
    ],
  });
  network.getLayer('conv').setWeights([tensor4d([1, 0, 0, 1, 0, 0], [1, 1, 3, 2]), tensor1d([0, -2])]);
  return {
    id: modelId('colours'),
    name: 'colours',
    network,
    preprocessing: { imageSize, mean: [0, 0, 0], std: [1, 1, 1] },
    classNames: ['a', 'b'],
    originalChannels: {},
  };
}

/** Noise images, redder in group 0. */
function noiseDataset(groups: number[] = Array.from({ length: count }, (_, i) => (i % 3 === 0 ? 0 : 1))): Dataset {
  const random = createRandom(11, 'pixels');
  const perImage = imageSize ** 2 * 3;
  const pixels = Uint8Array.from({ length: count * perImage }, (_, i) => {
    const isRedder = i % 3 === 0 && groups[Math.floor(i / perImage)] === 0;
    return random.integer(100) + (isRedder ? 120 : 0);
  });
  return {
    manifest: {
      id: datasetId('noise'),
      imageSetId: imageSetId('noise'),
      imageIndices: groups.map((_, i) => i),
      name: 'noise',
      source: { kind: 'import', files: [] },
      createdAt: '2024-01-01T00:00:00.000Z',
      imageSize,
      classNames: ['a', 'b'],
      groupNames: ['g0', 'g1'],
      sensitiveAttribute: 'group',
      samples: {
        names: groups.map((_, i) => `${i}.png`),
        labels: groups.map(() => 0),
        groups,
        splits: groups.map(() => 0),
        clusters: null,
      },
      splitHashes: { train: '', validation: '', test: '' },
      findings: [],
      mapping: null,
    },
    readPixels(wanted) {
      const read = new Uint8Array(wanted.length * perImage);
      Array.from(wanted).forEach((index, i) => {
        read.set(pixels.subarray(index * perImage, (index + 1) * perImage), i * perImage);
      });
      return read;
    },
  };
}
