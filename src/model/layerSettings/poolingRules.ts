import { type LayerRule, type LayerSpec, one } from './layerRule';

const pooling =
  (kind: string): LayerRule =>
  (settings) => {
    settings.channelsLast();
    const size = settings.pair('pool_size', [2, 2]);
    return one(kind, {
      pool_size: size,
      strides: settings.pair('strides', size),
      padding: settings.word('padding', ['valid', 'same']),
      data_format: 'channels_last',
    });
  };

/** Where the sides are kept, a Reshape gives them back. */
const globalPooling =
  (kind: string): LayerRule =>
  (settings, context) => {
    settings.channelsLast();
    const pooled = one(kind, { data_format: 'channels_last' });
    if (!settings.flag('keepdims', false)) return pooled;
    context.note('its keepdims is a Reshape here');
    const sides: LayerSpec = { kind: 'Reshape', settings: { target_shape: [1, 1, -1] }, suffix: 'keepdims' };
    return [...pooled, sides];
  };

export const maxPooling2d = pooling('MaxPooling2D');
export const averagePooling2d = pooling('AveragePooling2D');
export const globalAveragePooling2d = globalPooling('GlobalAveragePooling2D');
export const globalMaxPooling2d = globalPooling('GlobalMaxPooling2D');
