import type { ArchitectureSpec } from '../labModel';
import type { SizedModel } from '../memoryNeed';
import {
  blocksPerStage,
  type ConvPlan,
  hiddenUnits,
  resNet18Widths,
  smallCnnPlan,
  vgg11Plan,
} from './architecturePlans';
import { channelsOf } from './channelsOf';

interface Sized {
  outputShape: number[];
  parameters: number;
}

/**
 * Parameters and outputs of a network that is not built yet: VGG-11's dense head alone takes half a gigabyte, so that its
 * size is told before.
 */
export function estimateArchitecture(spec: ArchitectureSpec): SizedModel {
  const layers = sizeLayers(spec);
  return { parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0), layers };
}

function sizeLayers(spec: ArchitectureSpec): Sized[] {
  switch (spec.name) {
    case 'small-cnn':
      return sizePlainNet(smallCnnPlan, spec, false);
    case 'vgg11':
      return sizePlainNet(vgg11Plan, spec, false);
    case 'vgg11-bn':
      return sizePlainNet(vgg11Plan, spec, true);
    case 'resnet18':
      return sizeResNet(spec);
  }
}

function sizePlainNet(plan: ConvPlan, spec: ArchitectureSpec, batchNorm: boolean): Sized[] {
  const layers: Sized[] = [];
  let [side, channels] = [spec.imageSize, 3];
  const add = (parameters: number) => layers.push({ outputShape: [side, side, channels], parameters });
  for (const step of plan) {
    if (step === 'M') {
      side = Math.floor(side / 2);
      add(0);
      continue;
    }
    const inputs = channels;
    channels = channelsOf(step, spec);
    add(9 * inputs * channels + channels);
    if (batchNorm) add(4 * channels);
    add(0);
  }
  return [
    ...layers,
    ...(spec.head === 'dense' ? denseHead(spec, side * side * channels) : averageHead(spec, channels)),
  ];
}

function averageHead({ classCount }: ArchitectureSpec, channels: number): Sized[] {
  return [
    { outputShape: [channels], parameters: 0 },
    { outputShape: [classCount], parameters: (channels + 1) * classCount },
  ];
}

function denseHead(spec: ArchitectureSpec, flattened: number): Sized[] {
  const layers: Sized[] = [{ outputShape: [flattened], parameters: 0 }];
  let inputs = flattened;
  for (const published of hiddenUnits) {
    const units = channelsOf(published, spec);
    layers.push({ outputShape: [units], parameters: (inputs + 1) * units });
    // ReLU and dropout.
    layers.push({ outputShape: [units], parameters: 0 }, { outputShape: [units], parameters: 0 });
    inputs = units;
  }
  return [...layers, { outputShape: [spec.classCount], parameters: (inputs + 1) * spec.classCount }];
}

function sizeResNet(spec: ArchitectureSpec): Sized[] {
  const layers: Sized[] = [{ outputShape: [spec.imageSize, spec.imageSize, 3], parameters: 0 }];
  let [side, channels] = [spec.imageSize, 3];
  const add = (width: number, parameters: number) => layers.push({ outputShape: [side, side, width], parameters });
  /** Zero padding where the stride is above 1, convolution without bias, BatchNorm; gives its output's side. */
  const convolve = (inputs: number, outputs: number, kernel: number, stride: number) => {
    const padding = stride === 1 ? 0 : (kernel - 1) / 2;
    if (padding > 0) {
      side += 2 * padding;
      add(inputs, 0);
    }
    side = stride === 1 ? side : Math.floor((side - kernel) / stride) + 1;
    add(outputs, kernel * kernel * inputs * outputs);
    add(outputs, 4 * outputs);
  };
  const stem = channelsOf(resNet18Widths[0]!, spec);
  convolve(channels, stem, 7, 2);
  add(stem, 0);
  side += 2;
  add(stem, 0);
  side = Math.floor((side - 3) / 2) + 1;
  add(stem, 0);
  channels = stem;
  for (const [stage, published] of resNet18Widths.entries()) {
    const width = channelsOf(published, spec);
    for (let block = 0; block < blocksPerStage; block++) {
      const halves = stage > 0 && block === 0;
      const sideBefore = side;
      convolve(channels, width, 3, halves ? 2 : 1);
      add(width, 0);
      convolve(width, width, 3, 1);
      if (halves) {
        side = sideBefore;
        convolve(channels, width, 1, 2);
      }
      // The addition and its ReLU.
      add(width, 0);
      add(width, 0);
      channels = width;
    }
  }
  return [...layers, ...averageHead(spec, channels)];
}
