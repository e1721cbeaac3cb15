import { memory, neg, type Rank, type Tensor2D, zeros } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { FileStore } from '../artifacts/fileStore';
import { methods as methodsCommand } from '../cli/commands/methods';
import { parseLabConfig } from '../cli/labConfig';
import { printModel } from '../cli/printModel';
import { recordedOutput } from '../cli/testing/recordedOutput';
import { noAugmentation } from '../dataset/batches/augmentation/augmentationPresets';
import { type DatasetManifest, splitIndices } from '../dataset/stored/dataset';
import { openDataset } from '../dataset/stored/openDataset';
import { jobHandlers } from '../engine/jobs/jobHandlers';
import { createLocalEngine } from '../engine/localEngine';
import type { JobName, JobParams, JobResult, TrainedModel } from '../engine/protocol/jobMap';
import { Workspace } from '../engine/workspace';
import { createSilentContext } from '../foundation/createJobControl';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { applyWeightMasks } from '../model/masks/applyWeightMasks';
import { makeWeightMask } from '../model/masks/weightMask';
import { loadModel } from '../model/modelStore';
import { type LayerWeight, layerWeights } from '../model/network/layerWeights';
import { predictBatch } from '../model/runModel';
import { completeRunConfig } from '../recipe/runConfig';
import { groupWeighted } from '../testing/groupWeighted';
import { startTestHost } from '../testing/startTestHost';
import { predictDataset } from '../training/predictDataset';
import type { LossInput } from '../training/trainingPlan';
import { defaultTraining } from '../training/trainSettings';
import type { Method } from './method';
import { registerMethod } from './methods';
import { crossEntropyLoss } from './vanilla/vanilla';

const { id, label } = groupWeighted;
const method = { id, settings: { weight: 0.25 } };
const settings = { ...defaultTraining, epochs: 1, batchSize: 20, augmentation: noAugmentation.settings };

/** With what the loss was called, in the order of the calls. */
const weights: number[] = [];
let run: <J extends JobName>(job: J, params: JobParams<J>) => Promise<JobResult<J>>;
let store: FileStore;
let dataset: DatasetManifest;
let trained: TrainedModel;

const request = (): JobParams<'trainModel'> => ({
  datasetId: dataset.id,
  name: 'net',
  architecture: {
    name: 'small-cnn',
    imageSize: 32,
    classCount: dataset.classNames.length,
    widthMultiplier: 0.25,
    seed: 1,
  },
  method,
  settings,
  seed: 1,
});

beforeAll(async () => {
  const host = await startTestHost();
  store = host.store;
  const engine = createLocalEngine(new Workspace(host), jobHandlers);
  run = (job, params) => engine.start(job, params).result;
  dataset = await run('generateDemo', { settings: { bias: 1, count: 120, imageSize: 32, seed: 1 } });
  await expect(run('trainModel', request())).rejects.toMatchObject({ code: 'method-not-found', details: { id } });
  registerMethod({
    ...groupWeighted,
    loss(input: LossInput, given: { weight: number }) {
      weights.push(given.weight);
      return groupWeighted.loss!(input, given);
    },
  });
  trained = await run('trainModel', request());
});

it('trains by its own loss once it is registered, with the settings that were chosen', () => {
  const trainingImages = dataset.samples.splits.filter((split) => split === 0).length;
  expect(weights).toHaveLength(Math.ceil(trainingImages / settings.batchSize));
  expect(new Set(weights)).toEqual(new Set([0.25]));
});

it('is listed with its settings, for forms and for the command line', async () => {
  const listed = await run('listMethods', {});
  expect(listed.at(-1)).toMatchObject({
    id,
    label,
    needsGroup: false,
    settings: [{ name: 'weight', unit: 'share', initial: 0.5, range: 'a number from 0 to 1' }],
  });
  const { output, texts } = recordedOutput();
  const line = { word: '', flags: {}, output, lab: async () => ({ run }) };
  await methodsCommand.run(line as unknown as Parameters<typeof methodsCommand.run>[0]);
  expect(texts.join('\n')).toContain('group-weighted: Group-weighted. Weights the mean losses of the two groups.');
});

it('stays with the model that it trained, through storing, and is told of', async () => {
  expect(trained.model.method).toEqual(method);
  const { models } = await run('listInventory', {});
  expect(models.map((model) => model.method)).toEqual([method]);
  const { output, texts } = recordedOutput();
  printModel(trained.model, output);
  expect(texts.join('\n')).toContain('Trained by: group-weighted (weight 0.25)');
});

it('fine-tunes the rounds of a run, and stands in its record', async () => {
  weights.length = 0;
  const config = completeRunConfig({
    score: { batchSize: 32 },
    pruning: { ratio: 0.2, rounds: 1 },
    fineTune: { epochs: 1, batchSize: 20 },
    arms: ['snnl'],
    statistics: { replicates: 0, permutations: 0 },
  });
  const { runId } = await run('runRecipe', { datasetId: dataset.id, modelId: trained.model.id, config });
  expect(new Set(weights)).toEqual(new Set([0.25]));
  const record = await run('readRun', { runId });
  expect(record.model.method).toEqual(method);
  expect(record.arms[0]!.rounds).toHaveLength(1);
});

it('is a word of settings files, alone or with settings, whose values are checked', async () => {
  const read = (given: unknown) =>
    parseLabConfig(JSON.stringify({ model: { architecture: 'small-cnn', method: given } }), 'lab.json').model;
  expect(read(id)).toMatchObject({ method: { id, settings: {} } });
  expect(read(method)).toMatchObject({ method });
  const wrong = { ...request(), method: { id, settings: { weight: 2 } } };
  await expect(run('trainModel', wrong)).rejects.toMatchObject({
    code: 'config-invalid',
    message: 'The setting "weight" of the method Group-weighted is not valid: must be a number from 0 to 1, not 2.',
  });
});

/** Learns with its logits turned round, and turns them back; then holds a weight at zero. No network with an addition. */
const turned: Method = {
  ...groupWeighted,
  id: 'turned',
  settings: z.strictObject({}),
  obstacle: ({ network }) =>
    network.layers.some((layer) => layer.getClassName() === 'Add') ? 'it has additions.' : null,
  loss: (input) => crossEntropyLoss({ ...input, logits: neg(input.logits) }),
  classLogits: ({ logits }) => neg(logits as Tensor2D),
  async postProcess({ model }) {
    const layer = model.network.layers.at(-1)!;
    const [{ name: weight, shape }] = layerWeights(layer) as [LayerWeight];
    const held = applyWeightMasks(
      model,
      [makeWeightMask({ layer: layer.name, weight, shape }, (position) => position === 0)],
      model.id,
    );
    disposeModel(model);
    return held;
  },
};

describe('a method that defines more', () => {
  let model: LabModel;
  let work: TrainedModel;
  beforeAll(async () => {
    registerMethod(turned);
    work = await run('trainModel', { ...request(), method: { id: turned.id, settings: {} } });
    model = await loadModel(store, work.model.id);
  });
  afterAll(() => disposeModel(model));

  it('has its say in every prediction: the class with the lowest output is the one predicted', async () => {
    const { predicted } = await run('evaluateModel', {
      datasetId: dataset.id,
      modelId: work.model.id,
      split: 'validation',
    });
    expect(new Set(predicted).size).toBeGreaterThan(1);
    const { readout: _, ...plain } = model;
    const opened = await openDataset(store, dataset.id);
    const indices = splitIndices(dataset, 'validation');
    const { logits } = await predictDataset(plain, opened, indices, createSilentContext());
    opened.close();
    const width = dataset.classNames.length;
    const lowest = predicted.map((_class, row) => {
      const outputs = Array.from(logits.subarray(row * width, (row + 1) * width));
      return outputs.indexOf(Math.min(...outputs));
    });
    expect(predicted).toEqual(lowest);
  });

  it('works on the model once it is trained, and what it made is what is stored', () => {
    expect(work.model.weightsHeldAtZero).toBe(1);
    expect(model.weightMasks).toHaveLength(1);
  });

  it('refuses a network that it cannot train, by name, and leaves no tensor behind', async () => {
    const { numTensors } = memory();
    const architecture = { ...request().architecture, name: 'resnet18', widthMultiplier: 0.0625 } as const;
    const refused = run('trainModel', { ...request(), architecture, method: { id: turned.id, settings: {} } });
    await expect(refused).rejects.toMatchObject({
      code: 'model-mismatch',
      message: expect.stringContaining('it has additions.'),
    });
    expect(memory().numTensors).toBe(numTensors);
  });

  it('is missed by name where a model of it is used without it', () => {
    const orphan: LabModel = { ...model, readout: { id: 'gone', settings: {} } };
    const images = zeros<Rank.R4>([1, 32, 32, 3]);
    expect(() => predictBatch(orphan, { images, groups: null })).toThrow(
      expect.objectContaining({ code: 'method-not-found', details: { id: 'gone' } }),
    );
    images.dispose();
  });
});
