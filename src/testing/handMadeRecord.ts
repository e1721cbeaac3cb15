import { fateByCriterion } from '../fairness/computeFate';
import { datasetId, modelId, runId } from '../foundation/ids';
import { completeRunConfig } from '../recipe/runConfig';
import type { Evaluation, RoundRecord, RunRecord } from '../recipe/runRecord';
import { type ChannelScores, snnlPresets } from '../snnl/snnlOptions';
import { reportOf } from './reportOf';

const classNames = ['naevus', 'melanoma'];
const labels = [0, 0, 1, 1, 0, 0, 1, 1];
const groups = [0, 0, 0, 0, 1, 1, 1, 1];

/** Two errors in group 0, none in group 1. */
const unprunedPredictions = [1, 0, 0, 1, 0, 0, 1, 1];
/** One error in group 0, none in group 1. */
const prunedPredictions = [1, 0, 1, 1, 0, 0, 1, 1];

function evaluation(split: Evaluation['split'], predicted: number[], baseline: Evaluation | null): Evaluation {
  const report = reportOf({ labels, predicted, groups, classCount: classNames.length });
  return {
    split,
    report,
    fate: baseline && fateByCriterion(report, baseline.report),
    bootstrap: null,
    noiseFloor: null,
    predicted,
    loss: 0.5,
  };
}

interface Channel {
  channel: number;
  score: number;
  standardError: number | null;
}

function channelScores(channels: Channel[]): ChannelScores {
  return {
    layer: 'conv2',
    scores: channels.map(({ score }) => score),
    standardErrors: channels.map(({ standardError }) => standardError),
    temperatures: channels.map(() => 2),
    originalChannels: channels.map(({ channel }) => channel),
    batchesUsed: 2,
    batchesWithoutScore: 0,
    imagesUsed: 8,
    mapHeight: 4,
    mapWidth: 4,
    options: snnlPresets.paper,
  };
}

function roundRecord(round: number, prunedOriginal: number[], channels: Channel[], baseline: Evaluation): RoundRecord {
  const parameters = 1000 - 100 * round;
  return {
    round,
    plan: null,
    prunedOriginal,
    channelsLeft: channels.length,
    parameters,
    macs: 10 * parameters,
    bytes: 4 * parameters,
    history: [{ epoch: 1, learningRate: 0.01, trainLoss: 0.6, validationLoss: 0.5, validationAccuracy: 0.8 }],
    evaluation: evaluation('validation', prunedPredictions, baseline),
    scoresAfter: channelScores(channels),
    modelId: modelId(`hand-made~snnl~${round}`),
    elapsedMs: 10,
  };
}

/**
 * A finished run of one arm with four channels: round 1 pruned channel 1, round 2 channel 3. Channel 2 never had a score.
 * The test split was not looked at.
 */
export function handMadeRecord(): RunRecord {
  const config = completeRunConfig({
    arms: ['snnl'],
    pruning: { ratio: 0.25, rounds: 2, criterion: 'eopp1' },
    statistics: { replicates: 0, permutations: 0 },
  });
  const baseline = evaluation('validation', unprunedPredictions, null);
  const counts = [
    [2, 2],
    [2, 2],
  ];
  return {
    schema: 'snnl-fair-lab/run',
    schemaVersion: 1,
    id: runId('hand-made'),
    createdAt: '2026-01-01T10:00:00.000Z',
    updatedAt: '2026-01-01T10:01:00.000Z',
    status: 'finished',
    error: null,
    config,
    layer: 'conv2',
    environment: {
      backend: 'wasm',
      device: 'SIMD',
      reason: 'test',
      labVersion: '0.1.0',
      tfjsVersion: '4.22.0',
      memory: { bytes: 4_294_901_760, tensorBytes: null },
      selfTest: { checks: 15, failures: [], elapsedMs: 90 },
    },
    dataset: {
      id: datasetId('moles'),
      name: 'Moles of 1999',
      source: { kind: 'import', files: ['moles.zip'] },
      imageSize: 16,
      classNames,
      groupNames: ['women', 'men'],
      sensitiveAttribute: 'sex',
      splitHashes: { train: 'a1', validation: 'b2', test: 'c3' },
      mapping: {
        join: { table: 'moles.csv', imageColumns: ['image'], joins: [] },
        mapping: {
          version: 1,
          format: null,
          label: { columns: ['dx'], merge: { odd: null }, minClassSize: 1 },
          group: {
            column: 'sex',
            rule: { kind: 'cut', from: 1, above: 1 },
            names: ['women', 'men'],
            missing: 'exclude',
          },
          clusterColumn: null,
          givenSplit: { column: 'part', values: { a: 'train', b: 'validation', c: 'test' } },
        },
        split: { trainRatio: 0.6, validationRatio: 0.2, testRatio: 0.2, seed: 1 },
        rows: { total: 3, used: 3, leftOut: [] },
        images: { total: 4, used: 3, leftOut: [{ kind: 'image-without-row', count: 1 }] },
        unknownGroupCount: 0,
      },
      counts: { train: counts, validation: counts, test: counts },
    },
    model: {
      id: modelId('unpruned'),
      name: 'mole net',
      imageSize: 16,
      classNames,
      parameters: 1000,
      macs: 10_000,
      bytes: 4000,
      trainingMemory: { bytes: 50_000, batchSize: 32 },
      layers: [],
      defaultLayer: 'conv2',
      originalChannels: {},
    },
    baseline: {
      evaluation: baseline,
      scores: channelScores([
        { channel: 0, score: 0.5, standardError: 0.01 },
        { channel: 1, score: 0.25, standardError: 0.02 },
        { channel: 2, score: Number.NaN, standardError: null },
        { channel: 3, score: 0.75, standardError: 0.03 },
      ]),
    },
    arms: [
      {
        arm: 'snnl',
        rounds: [
          roundRecord(
            1,
            [1],
            [
              { channel: 0, score: 0.625, standardError: 0.01 },
              { channel: 2, score: Number.NaN, standardError: null },
              { channel: 3, score: 0.375, standardError: 0.02 },
            ],
            baseline,
          ),
          roundRecord(
            2,
            [3],
            [
              { channel: 0, score: 0.5, standardError: 0.01 },
              { channel: 2, score: Number.NaN, standardError: null },
            ],
            baseline,
          ),
        ],
        stop: { round: 2, reason: 'no-fairness-gain' },
        chosenRound: 1,
      },
    ],
    testLooks: [],
  };
}

/** The record after one more look at the test split. */
export function withTestLook(record: RunRecord): RunRecord {
  const baseline = evaluation('test', unprunedPredictions, null);
  const arms = record.arms.map(({ arm, chosenRound }) => ({
    arm,
    round: chosenRound,
    evaluation: evaluation('test', prunedPredictions, baseline),
  }));
  const at = `2026-01-01T11:0${record.testLooks.length}:00.000Z`;
  return { ...record, testLooks: [...record.testLooks, { at, baseline, arms }] };
}
