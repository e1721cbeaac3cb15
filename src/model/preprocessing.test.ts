import { expect, it } from 'vitest';
import { inInputOrder, presetOf, presetScale, presetsFor } from './preprocessing';
import { preprocessingPresetNames } from './preprocessingPresetNames';

/** What the formula makes of a pixel's red, green and blue. */
function scaled(name: Parameters<typeof presetScale>[0], pixel: [number, number, number]): number[] {
  const { mean, std, channelOrder } = presetScale(name);
  const values = pixel.map((value, channel) => (value / 255 - mean[channel]!) / std[channel]!);
  return channelOrder === 'bgr' ? values.toReversed() : values;
}

it.each([
  ['unit', [255, 51, 0], [1, 0.2, 0]],
  ['symmetric', [255, 127.5, 0], [1, 0, -1]],
  ['bytes', [255, 51, 0], [255, 51, 0]],
  // torchvision: ToTensor, then Normalize.
  ['imagenet', [255, 0, 0], [(1 - 0.485) / 0.229, -0.456 / 0.224, -0.406 / 0.225]],
  // keras.applications.imagenet_utils.preprocess_input in mode "caffe": BGR, less 103.939, 116.779, 123.68.
  ['caffe', [255, 100, 0], [-103.939, 100 - 116.779, 255 - 123.68]],
] as const)('the preset %s makes of the pixel %j the input %j', (name, pixel, input) => {
  for (const [index, value] of scaled(name, [...pixel]).entries()) expect(value).toBeCloseTo(input[index]!, 9);
});

it('a scale is known by its preset, whether or not it says that it is RGB', () => {
  for (const name of preprocessingPresetNames) expect(presetOf(presetScale(name))).toBe(name);
  expect(presetOf({ ...presetScale('imagenet'), channelOrder: 'rgb' })).toBe('imagenet');
  expect(presetOf({ ...presetScale('imagenet'), channelOrder: 'bgr' })).toBeNull();
});

it('mean and std are told in the order in which the network takes the colours', () => {
  const scale = { mean: [1, 2, 3], std: [4, 5, 6], channelOrder: 'bgr' } as const;
  expect(inInputOrder({ ...scale, mean: [...scale.mean], std: [...scale.std] })).toEqual({
    mean: [3, 2, 1],
    std: [6, 5, 4],
  });
});

it('the presets of one channel are those of three where all three are alike, ImageNet’s averages, and none of Caffe', () => {
  expect(presetsFor(1)).toEqual(['unit', 'symmetric', 'bytes', 'imagenet', 'lab']);
  for (const name of ['unit', 'symmetric', 'bytes', 'lab'] as const) {
    const { mean, std } = presetScale(name);
    expect(presetScale(name, 1)).toEqual({ mean: [mean[0]], std: [std[0]], channelOrder: 'grey' });
  }
  const { mean, std } = presetScale('imagenet', 1);
  expect(mean[0]).toBeCloseTo((0.485 + 0.456 + 0.406) / 3, 9);
  expect(std[0]).toBeCloseTo((0.229 + 0.224 + 0.225) / 3, 9);
  for (const name of presetsFor(1)) expect(presetOf(presetScale(name, 1))).toBe(name);
});
