import { type LayerRule, one, passThrough } from './layerRule';

/** Layers that do something in training only. */
export const dropout: LayerRule = (settings, context) => {
  settings.trainingOnly('seed', 'data_format');
  if (settings.value('noise_shape') !== undefined) {
    context.note('its noise_shape is left out: in training it drops single values');
  }
  return one('Dropout', { rate: settings.number('rate') });
};

/** tfjs has no dropout of whole maps. */
export const spatialDropout2d: LayerRule = (settings, context) => {
  context.note('drops single values instead of whole maps when the network is trained here');
  return dropout(settings, context);
};

const noise =
  (kind: string, setting: 'rate' | 'stddev'): LayerRule =>
  (settings, context) => {
    settings.trainingOnly('seed');
    if (settings.value('noise_shape') !== undefined)
      context.note('its noise_shape, which acts in training only, is left out');
    return one(kind, { [setting]: settings.number(setting) });
  };

export const gaussianNoise = noise('GaussianNoise', 'stddev');
export const gaussianDropout = noise('GaussianDropout', 'rate');
export const alphaDropout = noise('AlphaDropout', 'rate');

/** Augmentation: when it predicts, Keras gives the images as they are. The lab augments in its own way. */
export const augmentation: LayerRule = (settings, context) => {
  settings.ignore();
  context.note('changes images in training only: it does nothing here');
  return passThrough();
};

/** In tfjs they change the size of images when it predicts, too. */
export const randomSide: LayerRule = (settings, context) => {
  if (context.writtenBy() === 'tfjs') throw settings.refusedKind('in TensorFlow.js it changes images when it predicts');
  return augmentation(settings, context);
};

export const identity: LayerRule = () => passThrough();

export const activityRegularization: LayerRule = (settings) => {
  settings.trainingOnly('l1', 'l2', 'activity_regularizer');
  return passThrough();
};
