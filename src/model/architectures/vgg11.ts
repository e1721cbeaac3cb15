import type { Architecture } from './architecture';
import { type ConvPlan, plainConvLayers } from './plainConvLayers';

const plan: ConvPlan = [64, 'M', 128, 'M', 256, 256, 'M', 512, 512, 'M', 512, 512, 'M'];

export const vgg11: Architecture = {
  name: 'vgg11',
  label: 'VGG-11',
  description: 'The paper’s network for dermatology, with global average pooling instead of its dense head.',
  minImageSize: 32,
  layers: (spec) => plainConvLayers(plan, spec),
};
