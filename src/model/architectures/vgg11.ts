import type { Architecture } from './architecture';
import { buildPlainConvNet, type ConvPlan } from './buildPlainConvNet';

/** Configuration A of Simonyan and Zisserman 2014, arXiv 1409.1556. */
export const vgg11Plan: ConvPlan = [64, 'M', 128, 'M', 256, 256, 'M', 512, 512, 'M', 512, 512, 'M'];

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
