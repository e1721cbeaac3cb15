import type { Architecture } from './architecture';
import { buildPlainConvNet, type ConvPlan } from './buildPlainConvNet';

export const smallCnnPlan: ConvPlan = [8, 'M', 16, 'M', 32, 'M', 64, 128];

export const smallCnn: Architecture = {
  name: 'small-cnn',
  description: 'Five convolutions, for 64-pixel images and machines without a GPU.',
  minImageSize: 8,
  build: (spec) => buildPlainConvNet(smallCnnPlan, spec),
};
