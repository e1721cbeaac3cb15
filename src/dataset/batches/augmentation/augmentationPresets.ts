import type { AugmentationSettings } from './augmentation';

/** Settings with a name and one sentence for the page. */
export interface AugmentationPreset {
  name: string;
  description: string;
  settings: AugmentationSettings;
}

export const noAugmentation: AugmentationPreset = {
  name: 'None',
  description: 'Every image is shown to the network as it is stored.',
  settings: {
    horizontalFlip: false,
    verticalFlip: false,
    quarterTurns: false,
    brightness: 0,
    saturation: 0,
    rotationDegrees: 0,
    scaleChangeRatio: 0,
    shearDegrees: 0,
    autoAugment: false,
    cutoutSideRatio: 0,
  },
};

/** The lab's default. */
export const labAugmentation: AugmentationPreset = {
  name: 'Lab default',
  description:
    'Flips and quarter turns, which move pixels without blurring them, and small changes of brightness and saturation.',
  settings: {
    ...noAugmentation.settings,
    horizontalFlip: true,
    verticalFlip: true,
    quarterTurns: true,
    brightness: 32 / 255,
    saturation: 0.5,
  },
};

/** What the published code does to images that are stored at the network's size (`data_augmentation_1.py`). */
export const authorsAugmentation: AugmentationPreset = {
  name: "The authors' list",
  description:
    'Flips, any rotation, scale 0.8 to 1.2, shear up to 10°, brightness and saturation, AutoAugment for CIFAR-10, and a black square an eighth of the image wide.',
  settings: {
    ...noAugmentation.settings,
    horizontalFlip: true,
    verticalFlip: true,
    rotationDegrees: 180,
    scaleChangeRatio: 0.2,
    shearDegrees: 10,
    brightness: 32 / 255,
    saturation: 0.5,
    autoAugment: true,
    cutoutSideRatio: 1 / 8,
  },
};

/** All presets, from the weakest to the strongest. */
export const augmentationPresets: readonly AugmentationPreset[] = [
  noAugmentation,
  labAugmentation,
  authorsAugmentation,
];
