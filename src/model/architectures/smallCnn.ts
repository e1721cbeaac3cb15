import type { Architecture } from './architecture';
import { type ConvPlan, plainConvLayers } from './plainConvLayers';

const plan: ConvPlan = [8, 'M', 16, 'M', 32, 'M', 64, 128];

export const smallCnn: Architecture = {
  name: 'small-cnn',
  label: 'Small CNN',
  description: 'Five convolutions, for 64-pixel images and machines without a GPU.',
  minImageSize: 8,
  layers: (spec) => plainConvLayers(plan, spec),
};
