import { expect, it } from 'vitest';
import { parseLabConfig } from './labConfig';

const parse = (settings: object) => parseLabConfig(JSON.stringify(settings), 'config.json');
const split = (trainRatio: number, validationRatio: number, testRatio: number) => ({
  data: { split: { trainRatio, validationRatio, testRatio, seed: 1 } },
});

it('takes positive split ratios, of which the proportions count', () => {
  expect(parse(split(0.7, 0.15, 0.15)).data.split?.trainRatio).toBe(0.7);
  expect(parse(split(1, 1, 1)).data.split?.testRatio).toBe(1);
});

it.each([
  [split(0, 0, 0), 'data.split.trainRatio'],
  [split(0.5, 0, 0.5), 'data.split.validationRatio'],
  [split(0.8, 0.2, 0), 'data.split.testRatio'],
  [split(-0.2, 0.6, 0.6), 'data.split.trainRatio'],
  [{ data: { imageSize: 0 } }, 'data.imageSize'],
  [{ data: { imageSize: -64 } }, 'data.imageSize'],
  [{ data: { imageSize: 32.5 } }, 'data.imageSize'],
])('refuses %j, naming %s and what it must be', (settings, field) => {
  expect(() => parse(settings)).toThrow(
    expect.objectContaining({
      code: 'config-invalid',
      message: expect.stringMatching(new RegExp(`config\\.json: .*"${field}" .* must be a (whole )?number`)),
    }),
  );
});

it('takes how images become squares, with black beside them and no margin when nothing more is said', () => {
  const fitOf = (imageFit: object) => parse({ data: { imageFit } }).data.imageFit;
  expect(fitOf({ kind: 'pad' })).toEqual({ kind: 'pad', fill: 0 });
  expect(fitOf({ kind: 'crop' })).toEqual({ kind: 'crop', margin: 0 });
  expect(fitOf({ kind: 'crop', margin: 0.125 })).toEqual({ kind: 'crop', margin: 0.125 });
  for (const wrong of [{ kind: 'stretch' }, { kind: 'pad', fill: 300 }, { kind: 'crop', margin: 0.9 }]) {
    expect(() => fitOf(wrong)).toThrow(expect.objectContaining({ code: 'config-invalid' }));
  }
});

it('takes a network of one channel, and no other count than three', () => {
  const model = (channels: number) => ({ model: { architecture: 'small-cnn', channels } });
  expect(parse(model(1)).model).toMatchObject({ channels: 1 });
  expect(() => parse(model(2))).toThrow(expect.objectContaining({ code: 'config-invalid' }));
});

it('reads an architecture of one’s own, with what its steps leave out filled in', () => {
  const { model } = parse({
    model: { architecture: { plan: [{ kind: 'convolution', filters: 4 }, { kind: 'global-average' }] }, seed: 3 },
  });
  expect(model).toEqual({
    architecture: {
      plan: [
        {
          kind: 'convolution',
          filters: 4,
          kernel: 3,
          stride: 1,
          padding: 'same',
          bias: true,
          batchNorm: null,
          activation: 'relu',
        },
        { kind: 'global-average' },
      ],
    },
    seed: 3,
  });
});

it('still reads a published architecture as before', () => {
  expect(parse({ model: { architecture: 'vgg11', head: 'dense' } }).model).toEqual({
    architecture: 'vgg11',
    head: 'dense',
    widthMultiplier: 1,
    seed: 1,
  });
});

it('names file, step and field of a plan that is wrong', () => {
  const plan = [
    { kind: 'convolution', filters: 4 },
    { kind: 'max-pooling', size: 0 },
  ];
  expect(() => parse({ model: { architecture: { plan } } })).toThrow(
    expect.objectContaining({
      code: 'config-invalid',
      message: 'config.json: Step 2: "size" must be a whole number from 1 to 64.',
      details: { step: 2, field: 'size', file: 'config.json' },
    }),
  );
});
