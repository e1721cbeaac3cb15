import type { Architecture } from './architecture';
import { vgg11Plan } from './architecturePlans';
import { buildPlainConvNet } from './buildPlainConvNet';

export const vgg11: Architecture = {
  name: 'vgg11',
  description: 'The paper’s network for dermatology, with global average pooling instead of its dense head.',
  minImageSize: 32,
  build: (spec) => buildPlainConvNet(vgg11Plan, spec),
};

export const vgg11Bn: Architecture = {
  name: 'vgg11-bn',
  description: 'VGG-11 with batch normalisation behind every convolution: it trains from scratch where VGG-11 stalls.',
  minImageSize: 32,
  build: (spec) => buildPlainConvNet(vgg11Plan, spec, { batchNorm: true }),
};
