import type { ArchitectureSpec } from '../labModel';
import type { SizedModel } from '../memoryNeed';
import type { ResNetLayout } from './buildBasicResNet';
import { checkArchitecture } from './checkArchitecture';
import { layOutPlan } from './layOutPlan';
import { type LayerDescription, type LayerSize, sizeLayer } from './planLayer';
import { isSequential, publishedPlan } from './publishedPlan';
import { resNet18Layout } from './resNet18Layout';

/**
 * Parameters and outputs of a network that is not built yet: VGG-11's dense head alone takes half a gigabyte, so that its
 * size is told before.
 *
 * @throws LabError `config-invalid` as `buildArchitecture`
 */
export function estimateArchitecture(spec: ArchitectureSpec): SizedModel {
  checkArchitecture(spec);
  const layers = sizeLayers(spec);
  return { parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0), layers };
}

function sizeLayers(spec: ArchitectureSpec): LayerSize[] {
  if ('plan' in spec) return layOutPlan(spec.plan, spec);
  return isSequential(spec) ? layOutPlan(publishedPlan(spec), spec) : sizeResNet(resNet18Layout(spec));
}

/** The layers of `buildBasicResNet`, for the stem and the skips of ImageNet's networks. */
function sizeResNet({ imageSize, channels = 3, classCount, stemChannels, stages }: ResNetLayout): LayerSize[] {
  let shape = [imageSize, imageSize, channels];
  const sizes: LayerSize[] = [{ outputShape: shape, parameters: 0, macs: 0 }];
  const add = (layer: LayerDescription) => {
    const size = sizeLayer(layer, shape);
    sizes.push(size);
    shape = size.outputShape;
  };
  const relu = () => add({ kind: 'Activation', activation: 'relu' });
  const convolve = (filters: number, kernel: number, stride: number) => {
    const pixels = stride === 1 ? 0 : (kernel - 1) / 2;
    if (pixels > 0) add({ kind: 'ZeroPadding2D', pixels });
    add({ kind: 'Conv2D', filters, kernel, stride, padding: stride === 1 ? 'same' : 'valid', bias: false });
    add({ kind: 'BatchNormalization', epsilon: 1e-5 });
  };
  convolve(stemChannels, 7, 2);
  relu();
  add({ kind: 'ZeroPadding2D', pixels: 1 });
  add({ kind: 'MaxPooling2D', size: 3, stride: 2, padding: 'valid' });
  for (const { inner, outer, stride, skip } of stages.flat()) {
    const input = shape;
    convolve(inner, 3, stride);
    relu();
    convolve(outer, 3, 1);
    if (skip === 'convolution') {
      shape = input;
      convolve(outer, 1, stride);
    }
    // The addition costs what the ReLU behind it does.
    relu();
    relu();
  }
  add({ kind: 'GlobalAveragePooling2D' });
  add({ kind: 'Dense', units: classCount, bias: true });
  return sizes;
}
