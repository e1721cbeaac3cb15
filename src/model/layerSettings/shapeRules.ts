import { type LayerRule, one, passThrough, type RuleContext } from './layerRule';
import type { LayerSettings, Pair } from './layerSettings';
import { resizeByWeights } from './resizeByWeights';

/** Where there is nothing to flatten Keras does nothing, and tfjs fails. */
export const flatten: LayerRule = (settings, context) => {
  settings.channelsLast();
  if (context.inputShape().length === 1) return passThrough();
  return one('Flatten', {});
};

export const reshape: LayerRule = (settings) => {
  const shape = settings.value('target_shape');
  const isShape = Array.isArray(shape) && shape.every((side) => Number.isInteger(side) && (side > 0 || side === -1));
  if (!isShape || shape.filter((side) => side === -1).length > 1) throw settings.refused('target_shape');
  return one('Reshape', { target_shape: shape });
};

export const permute: LayerRule = (settings) => {
  const axes = settings.value('dims');
  if (!Array.isArray(axes) || !axes.every((_, index) => axes.includes(index + 1))) throw settings.refused('dims');
  return one('Permute', { dims: axes });
};

export const zeroPadding2d: LayerRule = (settings) => {
  settings.channelsLast();
  return one('ZeroPadding2D', { padding: settings.sides('padding', 1), data_format: 'channels_last' });
};

export const cropping2d: LayerRule = (settings) => {
  settings.channelsLast();
  return one('Cropping2D', { cropping: settings.sides('cropping', 0), data_format: 'channels_last' });
};

/** Repeated pixels are the same everywhere. Between pixels tfjs computes with other centres than Keras. */
export const upSampling2d: LayerRule = (settings, context) => {
  settings.channelsLast();
  const size = settings.pair('size', [2, 2]);
  if (settings.word('interpolation', ['nearest', 'bilinear']) === 'nearest') {
    return one('UpSampling2D', { size, interpolation: 'nearest', data_format: 'channels_last' });
  }
  if (context.writtenBy() === 'tfjs') {
    return one('UpSampling2D', { size, interpolation: 'bilinear', data_format: 'channels_last' });
  }
  const [height, width] = mapSides(settings, context);
  return resize(settings, [height, width], [height * size[0], width * size[1]], context);
};

/** Resizing to the size that is there already does nothing. */
export const resizing: LayerRule = (settings, context) => {
  refuseByTfjs(settings, context);
  settings.channelsLast();
  const due: Pair = [settings.count('height'), settings.count('width')];
  const [height, width] = mapSides(settings, context);
  const interpolation = settings.value('interpolation') ?? 'bilinear';
  for (const key of ['crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'antialias']) {
    if (settings.flag(key, false) && (height !== due[0] || width !== due[1])) throw settings.refused(key);
  }
  settings.ignore('fill_mode', 'fill_value');
  if (height === due[0] && width === due[1]) {
    context.note(`the images have ${height} × ${width} pixels already: it does nothing`);
    return passThrough();
  }
  if (interpolation !== 'bilinear') throw settings.refused('interpolation');
  return resize(settings, [height, width], due, context);
};

/** Keras cuts the middle out, one pixel less in front where the rest is odd; where it would have to enlarge, it resizes. */
export const centerCrop: LayerRule = (settings, context) => {
  refuseByTfjs(settings, context);
  settings.channelsLast();
  const due: Pair = [settings.count('height'), settings.count('width')];
  const present = mapSides(settings, context);
  const cropping = present.map((side, axis): Pair => {
    const rest = side - due[axis]!;
    if (rest < 0)
      throw settings.refused(axis === 0 ? 'height' : 'width', `the maps have ${present.join(' × ')} pixels`);
    return [Math.floor(rest / 2), rest - Math.floor(rest / 2)];
  });
  context.note(`is a Cropping2D of ${JSON.stringify(cropping)} here`);
  return one('Cropping2D', { cropping, data_format: 'channels_last' });
};

/** tfjs has layers of these names that do something else. */
function refuseByTfjs(settings: LayerSettings, context: RuleContext): void {
  if (context.writtenBy() === 'tfjs') throw settings.refusedKind('in TensorFlow.js it does not do what Keras defines');
}

/** Beyond any image, and the matrices would not fit into memory. */
const mostPixels = 4096;

function resize(settings: LayerSettings, from: Pair, to: Pair, context: RuleContext) {
  const tooLarge = [...from, ...to].find((side) => side > mostPixels);
  if (tooLarge === undefined) return resizeByWeights(from, to, context);
  throw settings.refused(settings.kind === 'UpSampling2D' ? 'size' : 'height', `${tooLarge} pixels are too many`);
}

function mapSides(settings: LayerSettings, context: RuleContext): Pair {
  const [height, width, channels, ...more] = context.inputShape();
  if (height && width && channels && more.length === 0) return [height, width];
  throw settings.refused(
    settings.kind === 'UpSampling2D' ? 'interpolation' : 'height',
    'the size of its maps is not known',
  );
}
