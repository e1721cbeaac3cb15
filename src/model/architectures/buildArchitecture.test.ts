import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { disposeModel } from '../disposeModel';
import type { ArchitectureSpec } from '../labModel';
import { summarizeModel } from '../summarizeModel';
import { buildArchitecture } from './buildArchitecture';

const small: ArchitectureSpec = { name: 'small-cnn', imageSize: 64, classCount: 3, widthMultiplier: 1, seed: 7 };

function build(spec: ArchitectureSpec) {
  return buildArchitecture(spec, {
    id: modelId('new'),
    name: 'new',
    classNames: Array.from({ length: spec.classCount }, (_, index) => `c${index}`),
    preprocessing: { imageSize: spec.imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
  });
}

function weightsOf(spec: ArchitectureSpec): number[][] {
  const model = build(spec);
  const values = model.network.getWeights().map((weight) => Array.from(weight.dataSync()));
  disposeModel(model);
  return values;
}

describe('buildArchitecture', () => {
  it.each(['small-cnn', 'vgg11-bn', 'resnet18'] as const)(
    'builds %s for grey images, other weights but the first as before',
    (name) => {
      const spec: ArchitectureSpec = { name, imageSize: 32, classCount: 3, widthMultiplier: 0.05, seed: 7 };
      const colour = build(spec);
      const grey = buildArchitecture(
        { ...spec, channels: 1 },
        {
          id: modelId('grey'),
          name: 'grey',
          classNames: ['a', 'b', 'c'],
          preprocessing: { imageSize: 32, mean: [0.5], std: [0.25], channelOrder: 'grey' },
        },
      );
      expect(grey.network.inputs[0]!.shape).toEqual([null, 32, 32, 1]);
      const [first, ...others] = grey.network.getWeights();
      expect(first!.shape[2]).toBe(1);
      const before = colour.network.getWeights().slice(1);
      expect(others.map((weight) => weight.arraySync())).toEqual(before.map((weight) => weight.arraySync()));
      disposeModel(colour);
      disposeModel(grey);
    },
  );

  it('refuses a preprocessing for another count of channels', () => {
    expect(() => build({ ...small, channels: 1 })).toThrow(
      expect.objectContaining({ code: 'config-invalid', details: { field: 'channels' } }),
    );
  });

  it('builds the small CNN with readable layer names, 128 channels in its last convolution, logits out', () => {
    const { network } = build(small);
    expect(network.layers.map(({ name }) => name)).toEqual([
      'conv1',
      'relu1',
      'pool1',
      'conv2',
      'relu2',
      'pool2',
      'conv3',
      'relu3',
      'pool3',
      'conv4',
      'relu4',
      'conv5',
      'relu5',
      'gap',
      'fc',
    ]);
    expect(network.getLayer('conv5').outputShape).toEqual([null, 8, 8, 128]);
    expect(network.outputs[0]!.shape).toEqual([null, 3]);
  });

  it('counts what the small CNN costs as worked by hand', () => {
    const summary = summarizeModel(build({ ...small, classCount: 5 }), { batchSize: 64 });
    // 3·8·9+8, 8·16·9+16, 16·32·9+32, 32·64·9+64, 64·128·9+128, 128·5+5
    const parameters = 224 + 1168 + 4640 + 18_496 + 73_856 + 645;
    expect(parameters).toBe(99_029);
    expect(summary.parameters).toBe(parameters);
    expect(summary.bytes).toBe(4 * parameters);
    // 64²·216, 32²·1152, 16²·4608, 8²·18432, 8²·73728, 128·5
    const macs = 884_736 + 1_179_648 + 1_179_648 + 1_179_648 + 4_718_592 + 640;
    expect(macs).toBe(9_142_912);
    expect(summary.macs).toBe(macs);
    // Outputs: conv and relu 2·8·64², pool 8·32²; 2·16·32², 16·16²; 2·32·16², 32·8²; 2·64·8²; 2·128·8², 128, 5
    const activations = 65_536 + 8192 + 32_768 + 4096 + 16_384 + 2048 + 8192 + 16_384 + 128 + 5;
    expect(summary.trainingMemory).toEqual({ bytes: 4 * (4 * parameters + 2 * 64 * activations), batchSize: 64 });
  });

  it('says of every layer whether it can be pruned, and takes the last convolution for the default', () => {
    const { layers, defaultLayer } = summarizeModel(build(small), { batchSize: 1 });
    expect(layers.filter(({ prunable }) => prunable).map(({ name }) => name)).toEqual([
      'conv1',
      'conv2',
      'conv3',
      'conv4',
      'conv5',
    ]);
    expect(defaultLayer).toBe('conv5');
    expect(layers.find(({ name }) => name === 'fc')).toMatchObject({
      kind: 'Dense',
      outputShape: [3],
      prunable: false,
      reason: 'its channels are the outputs of the network',
    });
  });

  it('builds VGG-11 with the parameters of the published convolutions and a dense layer on 512 averages', () => {
    const model = build({ ...small, name: 'vgg11', imageSize: 32, classCount: 9 });
    // The eight convolutions of torchvision's VGG-11 hold 9,220,480 parameters.
    expect(model.network.countParams()).toBe(9_220_480 + 512 * 9 + 9);
    expect(summarizeModel(model, { batchSize: 1 }).defaultLayer).toBe('conv8');
    disposeModel(model);
  });

  it('builds VGG-11-BN as torchvision does: a BatchNorm behind every convolution, which keeps its bias', () => {
    const model = build({ ...small, name: 'vgg11-bn', imageSize: 32, classCount: 9 });
    // torchvision's vgg11_bn().features holds 9,225,984 parameters; 2 · 2,752 moving averages are not counted there.
    expect(model.network.countParams()).toBe(9_225_984 + 2 * 2752 + 512 * 9 + 9);
    expect(model.network.layers.slice(0, 4).map(({ name }) => name)).toEqual(['conv1', 'bn1', 'relu1', 'pool1']);
    expect(model.network.getLayer('bn8').getConfig()).toMatchObject({ epsilon: 1e-5, momentum: 0.9 });
    const { defaultLayer, layers } = summarizeModel(model, { batchSize: 1 });
    expect(defaultLayer).toBe('conv8');
    expect(layers.filter(({ prunable }) => prunable)).toHaveLength(8);
    disposeModel(model);
  });

  it('scales every channel count with the width', () => {
    const { network } = build({ ...small, widthMultiplier: 0.25 });
    const channels = [1, 2, 3, 4, 5].map((index) => network.getLayer(`conv${index}`).outputShape.at(-1));
    expect(channels).toEqual([2, 4, 8, 16, 32]);
  });

  it('gives the same weights for the same seed, others for another, and no two layers the same', () => {
    const narrow = { ...small, widthMultiplier: 0.25 };
    expect(weightsOf(narrow)).toEqual(weightsOf(narrow));
    expect(weightsOf({ ...narrow, seed: 8 })).not.toEqual(weightsOf(narrow));
    const kernels = weightsOf(narrow).filter((values) => values.some((value) => value !== 0));
    expect(new Set(kernels.map((values) => values.slice(0, 3).join())).size).toBe(6);
  });

  it.each([
    { layer: 'conv4', inputs: 9 * 32 },
    { layer: 'conv5', inputs: 9 * 64 },
  ])('spreads the kernel of $layer as He’s rule has it: variance 2 / inputs', ({ layer, inputs }) => {
    const kernel = Array.from(build(small).network.getLayer(layer).getWeights()[0]!.dataSync());
    const variance = kernel.reduce((sum, value) => sum + value * value, 0) / kernel.length;
    // tfjs cuts the normal off at two deviations, which leaves 0.774 of its variance. Of 18,432 weights and more the
    // variance is known to 1 %.
    expect(variance / ((0.774 * 2) / inputs)).toBeCloseTo(1, 1);
  });

  it.each([
    ['imageSize', { imageSize: 4 }],
    ['imageSize', { imageSize: 64.5 }],
    ['classCount', { classCount: 1 }],
    ['widthMultiplier', { widthMultiplier: 0 }],
    ['widthMultiplier', { widthMultiplier: Number.NaN }],
  ])('refuses a wrong %s: %o', (field, wrong) => {
    expect(() => build({ ...small, ...wrong })).toThrow(
      expect.objectContaining({ code: 'config-invalid', details: { field } }),
    );
  });
});
