import { describe, expect, it } from 'vitest';
import { completeRunConfig, defaultRunConfig, parseRunConfig } from './runConfig';

describe('run settings', () => {
  it('the defaults are valid', () => {
    expect(parseRunConfig(defaultRunConfig)).toEqual(defaultRunConfig);
  });

  it('a file may give only what differs, at any depth', () => {
    const config = completeRunConfig({ pruning: { ratio: 0.1 }, fineTune: { optimizer: { learningRate: 0.5 } } });
    expect(config.pruning).toEqual({ ...defaultRunConfig.pruning, ratio: 0.1 });
    expect(config.fineTune.optimizer).toEqual({ ...defaultRunConfig.fineTune.optimizer, learningRate: 0.5 });
  });

  it('another optimiser or schedule replaces the default whole', () => {
    const optimizer = { name: 'adam', learningRate: 0.001, weightDecay: 0 };
    const config = completeRunConfig({ fineTune: { optimizer, schedule: { kind: 'constant' } } });
    expect(config.fineTune).toEqual({ ...defaultRunConfig.fineTune, optimizer, schedule: { kind: 'constant' } });
  });

  it.each([
    [{ pruning: { ratio: 0 } }, 'pruning.ratio'],
    [{ pruning: { ratio: 1 } }, 'pruning.ratio'],
    [{ score: { temperature: -1 } }, 'score.temperature'],
    [{ arms: [] }, 'arms'],
    [{ fineTune: { epochs: 1.5 } }, 'fineTune.epochs'],
    [{ statistics: { level: 1 } }, 'statistics.level'],
  ])('%j is refused, naming the field %s', (given, field) => {
    expect(() => completeRunConfig(given)).toThrowError(
      expect.objectContaining({ code: 'config-invalid', details: { field } }),
    );
  });

  it.each([
    [{ seed: 2 ** 53 }, 'seed', '9007199254740992'],
    [{ pruning: { rounds: 5000 } }, 'pruning.rounds', 'from 1 to 1000, not 5000'],
    [{ fineTune: { epochs: 1e6 } }, 'fineTune.epochs', 'from 0 to 10000, not 1000000'],
    [{ fineTune: { batchSize: 5000 } }, 'fineTune.batchSize', 'from 1 to 4096, not 5000'],
    [{ score: { batchSize: 1 } }, 'score.batchSize', 'from 2 to 4096, not 1'],
    [{ score: { temperature: 1e13 } }, 'score.temperature', 'at most 1000000000000, not 10000000000000'],
    [{ statistics: { replicates: 1e9 } }, 'statistics.replicates', 'from 0 to 100000, not 1000000000'],
    [{ arms: ['snnl', 'snnl'] }, 'arms', 'must name each arm once'],
    [{ arms: ['snnl', 'highest-l1'] }, 'arms.1', 'must be one of snnl, random, fine-tune-only, lowest-l1, '],
    [{ arms: [7] }, 'arms.0', 'not of the type number'],
    [{ layer: 'x'.repeat(5000) }, 'layer', 'at most 4096 characters, not 5000'],
  ])('%j is out of bounds: the field %s, its value and the bound are named', (given, field, words) => {
    expect(() => completeRunConfig(given)).toThrowError(
      expect.objectContaining({ code: 'config-invalid', details: { field }, message: expect.stringContaining(words) }),
    );
  });

  it('settings stored before rotation, AutoAugment and cutout were added are read with those switched off', () => {
    const augmentation = {
      horizontalFlip: true,
      verticalFlip: true,
      quarterTurns: true,
      brightness: 32 / 255,
      saturation: 0.5,
    };
    const stored = { ...defaultRunConfig, fineTune: { ...defaultRunConfig.fineTune, augmentation } };
    expect(parseRunConfig(stored).fineTune.augmentation).toEqual({
      ...augmentation,
      rotationDegrees: 0,
      scaleChangeRatio: 0,
      shearDegrees: 0,
      autoAugment: false,
      cutoutSideRatio: 0,
    });
  });

  it('a misspelt setting is refused instead of ignored', () => {
    expect(() => completeRunConfig({ pruning: { ration: 0.1 } })).toThrowError(
      expect.objectContaining({ code: 'config-invalid' }),
    );
  });
});
