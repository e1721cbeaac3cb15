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
