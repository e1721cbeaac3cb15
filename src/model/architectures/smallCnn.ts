import type { Architecture } from './architecture';
import { smallCnnPlan } from './architecturePlans';
import { buildPlainConvNet } from './buildPlainConvNet';

export const smallCnn: Architecture = {
  name: 'small-cnn',
  description: 'Five convolutions, for 64-pixel images and machines without a GPU.',
  minImageSize: 8,
  build: (spec) => buildPlainConvNet(smallCnnPlan, spec),
};
