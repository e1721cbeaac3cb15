import { describe, expect, it } from 'vitest';
import { LabError } from '../../foundation/labError';
import { type Answers, createAsker } from '../../foundation/openQuestion';
import { type SettleOptions, settleTopology } from './settleTopology';

type Layer = Record<string, unknown>;

const input = (shape: unknown[] = [null, 8, 8, 3]): Layer => ({
  class_name: 'InputLayer',
  name: 'image',
  config: { name: 'image', batch_input_shape: shape },
  inbound_nodes: [],
});
/** A layer called `it` that reads the images. */
const layer = (kind: string, config: object, more: object = {}): Layer => ({
  class_name: kind,
  name: 'it',
  config: { name: 'it', ...config },
  inbound_nodes: [[['image', 0, 0, {}]]],
  ...more,
});
const network = (...layers: Layer[]) => ({
  class_name: 'Functional',
  config: { name: 'net', layers, input_layers: [['image', 0, 0]], output_layers: [['it', 0, 0]] },
});
const settle = (description: unknown, options: Partial<SettleOptions> = {}) =>
  settleTopology('model.h5', description, { writtenBy: 'keras-2', asker: createAsker(), ...options });

function refusal(description: unknown, options?: Partial<SettleOptions>): LabError {
  try {
    settle(description, options);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

const conv = { filters: 2, kernel_size: [3, 3] };
const tensor = { class_name: '__keras_tensor__', config: { keras_history: ['image', 0, 0] } };

describe('settleTopology', () => {
  it('rewrites the links of a functional network of Keras 3 and leaves the rest as it is', () => {
    const dtype = { class_name: 'DTypePolicy', config: { name: 'float32' } };
    const node = { args: [{ config: { shape: [null, 4], keras_history: ['conv', 0, 0] } }], kwargs: {} };
    const keras3 = {
      class_name: 'Functional',
      config: {
        name: 'net',
        layers: [{ class_name: 'Dense', name: 'top', config: { name: 'top', dtype, units: 3 }, inbound_nodes: [node] }],
        input_layers: ['image', 0, 0],
        output_layers: [['top', 0, 0]],
      },
    };
    expect(settle(keras3).topology).toEqual({
      class_name: 'Functional',
      config: {
        name: 'net',
        layers: [
          {
            class_name: 'Dense',
            name: 'top',
            config: {
              name: 'top',
              dtype: 'float32',
              trainable: true,
              kernel_initializer: { class_name: 'Zeros', config: {} },
              units: 3,
              use_bias: true,
              activation: 'linear',
            },
            inbound_nodes: [[['conv', 0, 0, {}]]],
          },
        ],
        input_layers: [['image', 0, 0]],
        output_layers: [['top', 0, 0]],
      },
    });
  });

  it.each<[string, object, string]>([
    ['Conv2D', { ...conv, groups: 2 }, 'groups = 2: 2 groups'],
    ['Conv2D', { ...conv, data_format: 'channels_first' }, 'data_format = "channels_first"'],
    ['Conv2D', { ...conv, padding: 'causal' }, 'padding = "causal"'],
    ['Conv2D', { ...conv, strides: [2, 2], dilation_rate: [2, 2] }, 'dilation_rate = [2,2]'],
    ['Conv2D', { ...conv, activation: 'hard_swish' }, 'activation = "hard_swish"'],
    ['Conv2D', { ...conv, activation: { class_name: 'MyUnit', config: {} } }, 'activation = {"class_name":"MyUnit"'],
    ['Conv2D', { ...conv, lora_rank: 4 }, 'lora_rank = 4'],
    ['Conv2D', { ...conv, some_new_setting: false }, 'some_new_setting = false'],
    ['Conv2D', { ...conv, dtype: { class_name: 'QuantizedDTypePolicy', config: { name: 'int8' } } }, 'dtype = {'],
    ['Conv2D', { ...conv, dtype: { class_name: 'DTypePolicyMap', config: { policy_map: {} } } }, 'dtype = {'],
    ['DepthwiseConv2D', { kernel_size: [3, 3], dilation_rate: [2, 2] }, 'dilation_rate = [2,2]'],
    ['Conv2DTranspose', { ...conv, dilation_rate: [2, 2] }, 'dilation_rate = [2,2]'],
    ['Conv2DTranspose', { ...conv, strides: [2, 2], output_padding: [2, 2] }, 'output_padding = [2,2]'],
    ['Activation', { activation: 'exponential' }, 'activation = "exponential"'],
    ['ReLU', { threshold: 0.5 }, 'threshold = 0.5'],
    ['ReLU', { negative_slope: 0.1, max_value: 6 }, 'max_value = 6'],
    ['LeakyReLU', { alpha: 0.1, negative_slope: 0.2 }, 'alpha = 0.1'],
    ['ELU', { alpha: 0.5 }, 'alpha = 0.5'],
    ['PReLU', { shared_axes: [2] }, 'shared_axes = [2]'],
    ['Softmax', { axis: [1, 2] }, 'axis = [1,2]'],
    ['MaxPooling2D', { data_format: 'channels_first' }, 'data_format = "channels_first"'],
    ['BatchNormalization', { renorm: true }, 'renorm = true'],
    ['BatchNormalization', { axis: [1, 2] }, 'axis = [1,2]'],
    ['LayerNormalization', { rms_scaling: true }, 'rms_scaling = true'],
    ['Normalization', { axis: [1], mean: 0, variance: 1 }, 'axis = [1]'],
    ['Normalization', { axis: [-1] }, 'mean = null'],
    ['Concatenate', { axis: -2 }, 'axis = -2'],
    ['UpSampling2D', { interpolation: 'bicubic' }, 'interpolation = "bicubic"'],
    ['Resizing', { height: 4, width: 4, crop_to_aspect_ratio: true }, 'crop_to_aspect_ratio = true'],
    ['Resizing', { height: 4, width: 4, interpolation: 'nearest' }, 'interpolation = "nearest"'],
    ['CenterCrop', { height: 9, width: 4 }, 'height = 9'],
    ['Flatten', { data_format: 'channels_first' }, 'data_format = "channels_first"'],
    ['Reshape', { target_shape: [-1, -1] }, 'target_shape = [-1,-1]'],
    ['Dense', { units: 3.5 }, 'units = 3.5'],
  ])('refuses a %s with %j', (kind, config, text) => {
    const error = refusal(network(input(), layer(kind, config)));
    expect(error.code).toBe('model-unreadable');
    expect(error.message).toContain(`the layer "it" (${kind}) has ${text}`);
  });

  it.each([
    ['Lambda', {}],
    ['RandomCrop', { height: 4, width: 4 }],
    ['GroupNormalization', { groups: 2 }],
    ['Dot', { axes: 1 }],
    ['constructor', {}],
  ])('refuses the kind %s, of which no rule is known', (kind, config) => {
    expect(refusal(network(input(), layer(kind, config))).message).toContain(`the layer "it" is a ${kind}`);
  });

  it.each([
    ['a module of its own', { module: 'my_layers', registered_name: 'Conv2D' }],
    ['a package of its own', { module: null, registered_name: 'Custom>Conv2D' }],
  ])('refuses a layer with the name of a known kind that comes from %s', (_what, origin) => {
    expect(refusal(network(input(), layer('Conv2D', conv, origin))).message).toContain('it comes from');
  });

  it.each([
    ['Keras 2', { inbound_nodes: [[['image', 0, 0, { training: true }]]] }],
    [
      'behind the second of two inputs',
      {
        inbound_nodes: [
          [
            ['image', 0, 0, {}],
            ['image', 0, 0, { training: true }],
          ],
        ],
      },
    ],
    ['Keras 3', { inbound_nodes: [{ args: [tensor], kwargs: { training: true } }] }],
  ])('refuses a layer that is called in training mode (%s), and takes one that is called without', (_version, call) => {
    const kind = layer('BatchNormalization', { axis: -1 }, call);
    expect(refusal(network(input(), kind)).message).toContain('has training = true');
    const plain = JSON.parse(JSON.stringify(kind).replaceAll('true', 'false'));
    expect(settle(network(input(), plain)).lines).toEqual([]);
  });

  it('refuses settings inside networks inside', () => {
    const inner = { ...network(input(), layer('ReLU', { threshold: 1 })), name: 'it' };
    const outer = network(input(), { ...inner, inbound_nodes: [[['image', 0, 0, {}]]] });
    expect(refusal(outer).message).toContain('the layer "it" (ReLU) has threshold = 1');
  });

  it.each([
    ['an operator that is not known', 'keras.src.ops.numpy', 'Sort', [tensor], 'is a Sort'],
    ['a power', 'keras.src.ops.numpy', 'Power', [tensor, 2], 'is a Power'],
    ['a number divided by a tensor', 'keras.src.ops.numpy', 'Divide', [1, tensor], 'its first operand is 1'],
    ['two tensors subtracted', 'keras.src.ops.numpy', 'Subtract', [tensor, tensor], 'its operands are two tensors'],
    ['an approximate GELU', 'keras.src.ops.nn', 'Gelu', [tensor], 'approximate'],
  ])('refuses %s', (_what, module, kind, args, text) => {
    const operator = layer(kind, {}, { module, inbound_nodes: [{ args, kwargs: {} }] });
    expect(refusal(network(input(), operator), { writtenBy: 'keras-3' }).message).toContain(text);
  });

  it('refuses an operator that is applied twice with different numbers', () => {
    const calls = [0.1, 0.2].map((number) => ({ args: [tensor, number], kwargs: {} }));
    const operator = layer('Multiply', {}, { module: 'keras.src.ops.numpy', inbound_nodes: calls });
    expect(refusal(network(input(), operator)).message).toContain('with different constants');
  });

  it('gives a sequence the shape that Keras noted when it was built', () => {
    const layers = [layer('Conv2D', conv)];
    const sequence = { class_name: 'Sequential', config: { name: 'net', layers, build_input_shape: [null, 8, 8, 3] } };
    const inside = network(input(), {
      ...sequence,
      config: { name: 'it', layers },
      inbound_nodes: [[['image', 0, 0, {}]]],
    });
    for (const description of [sequence, inside]) {
      expect(JSON.stringify(settle(description).topology)).toMatch(
        /"Conv2D","config":{[^}]*"batch_input_shape":\[null,8,8,3\]/,
      );
    }
  });

  it('says which settings it leaves out because they act in training only', () => {
    const l2 = { class_name: 'L2', config: { l2: 0.01 } };
    const { lines } = settle(network(input(), layer('Conv2D', { ...conv, kernel_regularizer: l2 })));
    expect(lines).toEqual([
      { layer: 'it', status: 'repaired', detail: 'acts in training only and is left out: kernel_regularizer' },
    ]);
  });

  it('puts layers that tfjs does not have as a chain in their place, which the next layers read', () => {
    const next = {
      ...layer('Flatten', {}),
      name: 'next',
      config: { name: 'next' },
      inbound_nodes: [[['it', 0, 0, {}]]],
    };
    const description = network(input(), layer('Activation', { activation: 'hard_sigmoid' }), next);
    const { topology } = settle(description, { writtenBy: 'keras-3' });
    const { layers, output_layers: outputs } = topology.config as { layers: Layer[]; output_layers: unknown };
    expect(layers.map(({ name, class_name, inbound_nodes }) => [name, class_name, inbound_nodes])).toEqual([
      ['image', 'InputLayer', []],
      ['it', 'Rescaling', [[['image', 0, 0, {}]]]],
      ['it_hard_sigmoid', 'ReLU', [[['it', 0, 0, {}]]]],
      ['next', 'Flatten', [[['it_hard_sigmoid', 0, 0, {}]]]],
    ]);
    expect(outputs).toEqual([['it_hard_sigmoid', 0, 0]]);
  });
});

describe('questions about a network', () => {
  /** The keys that are asked for when nothing is answered. */
  function asked(description: unknown, options: Partial<SettleOptions> = {}): string[] {
    const asker = createAsker();
    settle(description, { ...options, asker });
    try {
      asker.requireAnswers('model.h5');
    } catch (error) {
      return (error as LabError).questions!.map(({ key }) => key);
    }
    return [];
  }
  const shapeOf = (answers: Answers, ...layers: Layer[]) => {
    const { topology } = settle(network(input([null, null, null, 3]), ...layers), { asker: createAsker(answers) });
    return (topology.config as { layers: { config: Layer }[] }).layers[0]!.config.batch_input_shape;
  };

  it('asks for the size of the images where the network takes any, the size of a Resizing first', () => {
    const open = network(input([null, null, null, 3]), layer('Conv2D', conv));
    expect(asked(open)).toEqual(['image-size']);
    expect(asked(open, { imageSize: 96 })).toEqual([]);
    expect(shapeOf({ 'image-size': '64' }, layer('Conv2D', conv))).toEqual([null, 64, 64, 3]);
    expect(shapeOf('usual', layer('Resizing', { height: 180, width: 180 }))).toEqual([null, 180, 180, 3]);
    expect(() => shapeOf({ 'image-size': 'large' }, layer('Conv2D', conv))).toThrow('"image-size" cannot be "large"');
  });

  it('asks what saved the file only where definitions differ and the file does not say it', () => {
    const hard = network(input(), layer('Activation', { activation: 'hard_sigmoid' }));
    expect(asked(hard, { writtenBy: null })).toEqual(['saved-by']);
    expect(asked(hard, { writtenBy: 'keras-3' })).toEqual([]);
    expect(asked(network(input(), layer('Conv2D', conv)), { writtenBy: null })).toEqual([]);
  });

  it('leaves to tfjs what tfjs itself has saved, and refuses where it does not do what its name says', () => {
    const bilinear = network(input(), layer('UpSampling2D', { size: [2, 2], interpolation: 'bilinear' }));
    const { topology } = settle(bilinear, { writtenBy: 'tfjs' });
    expect(JSON.stringify(topology)).toContain('"interpolation":"bilinear"');
    const crop = network(input(), layer('CenterCrop', { height: 4, width: 4 }));
    expect(refusal(crop, { writtenBy: 'tfjs' }).message).toContain('does not do what Keras defines');
  });

  it.each(['mixed_float16', 'bfloat16', 'float64'])('asks whether float32 will do for %s', (dtype) => {
    expect(asked(network(input(), layer('Conv2D', { ...conv, dtype })))).toEqual(['precision']);
  });
});
