import * as z from 'zod/mini';
import { bounds } from '../../../foundation/bounds';
import { numberSetting, requiredNumber, requiredSwitch, switchSetting } from '../../../foundation/setting';

const percent = { factor: 100, unit: '%' };

/**
 * Random changes to training images. Every strength of 0, and every `false`, switches its change off. Settings that older
 * records lack have the value that training had without them.
 */
export const augmentationSchema = z.strictObject({
  horizontalFlip: requiredSwitch(true, {
    label: 'Horizontal flips',
    meaning: 'Half of the images are mirrored left to right.',
  }),
  verticalFlip: requiredSwitch(true, {
    label: 'Vertical flips',
    meaning: 'Half of the images are mirrored top to bottom.',
  }),
  quarterTurns: requiredSwitch(true, {
    label: 'Quarter turns',
    meaning: 'Images are turned by 0, 90, 180 or 270 degrees, which needs no interpolation.',
  }),
  brightness: requiredNumber(bounds.share, 32 / 255, {
    label: 'Brightness, up to ±',
    meaning: 'The largest relative change of brightness.',
    unit: 'share',
    shown: percent,
    decimals: 1,
  }),
  saturation: requiredNumber(bounds.share, 0.5, {
    label: 'Saturation, up to ±',
    meaning: 'The largest relative change of saturation.',
    unit: 'share',
    shown: percent,
    decimals: 1,
  }),
  rotationDegrees: numberSetting(bounds.rotationDegrees, 0, {
    label: 'Rotation, up to ±',
    meaning: 'The largest rotation to either side.',
    unit: 'degrees',
    decimals: 1,
  }),
  scaleChangeRatio: numberSetting(bounds.scaleChange, 0, {
    label: 'Scale, up to ±',
    meaning: 'The largest relative change of size: 0.2 scales by 0.8 to 1.2.',
    unit: 'share',
    shown: percent,
    decimals: 1,
  }),
  shearDegrees: numberSetting(bounds.shearDegrees, 0, {
    label: 'Shear, up to ±',
    meaning: 'The largest shear along the rows to either side.',
    unit: 'degrees',
    decimals: 1,
  }),
  autoAugment: switchSetting(false, {
    label: 'AutoAugment (CIFAR-10 policies)',
    meaning: 'One of the 25 sub-policies for CIFAR-10 changes every image.',
  }),
  cutoutSideRatio: numberSetting(bounds.share, 0, {
    label: 'Black square, side',
    meaning: "The side of a black square relative to the image's side.",
    unit: 'share',
    shown: { factor: 100, unit: '% of image' },
    decimals: 1,
  }),
});
export type AugmentationSettings = z.infer<typeof augmentationSchema>;
