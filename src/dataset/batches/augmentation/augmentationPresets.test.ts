import { describe, expect, it } from 'vitest';
import { augmentationPresets, authorsAugmentation, labAugmentation, noAugmentation } from './augmentationPresets';

describe('augmentation presets', () => {
  it('none switches everything off', () => {
    expect(Object.values(noAugmentation.settings).every((value) => value === false || value === 0)).toBe(true);
  });

  it("the authors' list has the numbers of the published code", () => {
    // data_augmentation_1.py: flip_lr_ud, full_rot 180, scale 0.8 … 1.2, shear 10, ColorJitter(32 / 255, saturation 0.5),
    // autoaugment, cutout 16 (at input_size 128)
    expect(authorsAugmentation.settings).toEqual({
      horizontalFlip: true,
      verticalFlip: true,
      quarterTurns: false,
      rotationDegrees: 180,
      scaleChangeRatio: 0.2,
      shearDegrees: 10,
      brightness: 32 / 255,
      saturation: 0.5,
      autoAugment: true,
      cutoutSideRatio: 16 / 128,
    });
  });

  it('each has a name of its own and a description of one sentence', () => {
    expect(augmentationPresets).toEqual([noAugmentation, labAugmentation, authorsAugmentation]);
    expect(new Set(augmentationPresets.map(({ name }) => name)).size).toBe(3);
    for (const { description } of augmentationPresets) expect(description).toMatch(/^[A-Z].*[a-z]\.$/);
  });
});
