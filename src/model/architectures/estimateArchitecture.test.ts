import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { disposeModel } from '../disposeModel';
import type { ArchitectureSpec } from '../labModel';
import { trainingNeed } from '../memoryNeed';
import { presetScale } from '../preprocessing';
import { summarizeModel } from '../summarizeModel';
import { buildArchitecture } from './buildArchitecture';
import { estimateArchitecture } from './estimateArchitecture';

const base = { imageSize: 37, classCount: 3, widthMultiplier: 0.05, seed: 1 };

describe('estimateArchitecture', () => {
  it.each<ArchitectureSpec>([
    { ...base, name: 'small-cnn' },
    { ...base, name: 'vgg11', imageSize: 65, head: 'average' },
    { ...base, name: 'vgg11', imageSize: 65, head: 'dense' },
    { ...base, name: 'vgg11-bn', head: 'dense' },
    { ...base, name: 'vgg11-bn', widthMultiplier: 0.0625 },
    { ...base, name: 'resnet18' },
    { ...base, name: 'resnet18', imageSize: 64 },
    { ...base, name: 'small-cnn', channels: 1 },
    { ...base, name: 'resnet18', channels: 1 },
  ])('foretells parameters and training memory of $name, head $head, at $imageSize pixels', (spec) => {
    const model = buildArchitecture(spec, {
      id: modelId('m'),
      name: 'm',
      classNames: ['a', 'b', 'c'],
      preprocessing: { imageSize: spec.imageSize, ...presetScale('unit', spec.channels ?? 3) },
    });
    const built = summarizeModel(model, { batchSize: 8 });
    const estimate = estimateArchitecture(spec);
    expect(estimate.parameters).toBe(built.parameters);
    expect(trainingNeed(estimate, 8)).toEqual(trainingNeed(built, 8));
    disposeModel(model);
  });

  it('gives the published sizes: VGG-11 133 million parameters with its dense head at 224 pixels and 1000 classes, ResNet-18 11.7 million', () => {
    const published = { imageSize: 224, classCount: 1000, widthMultiplier: 1, seed: 1 };
    // torchvision: vgg11 132,863,336; vgg11_bn 132,868,840 and 2 × 2,752 running values; resnet18 11,689,512 and 9,600.
    expect(estimateArchitecture({ ...published, name: 'vgg11', head: 'dense' }).parameters).toBe(132_863_336);
    expect(estimateArchitecture({ ...published, name: 'vgg11-bn', head: 'dense' }).parameters).toBe(132_868_840 + 5504);
    expect(estimateArchitecture({ ...published, name: 'resnet18' }).parameters).toBe(11_689_512 + 9600);
  });
});
