import { onlyActivation, readActivation } from './activations';
import { type LayerRule, one } from './layerRule';

export const activation: LayerRule = (settings, context) => {
  settings.trainingOnly('activity_regularizer');
  return onlyActivation(readActivation(settings, context));
};

/** With a slope below zero it is a LeakyReLU, which has no largest value. */
export const relu: LayerRule = (settings, context) => {
  const slope = settings.number('negative_slope', 0);
  if (settings.number('threshold', 0) !== 0) throw settings.refused('threshold');
  const most = settings.value('max_value');
  if (slope === 0) return one('ReLU', most === undefined ? {} : { max_value: settings.number('max_value') });
  if (most !== undefined) throw settings.refused('max_value', 'both a slope and a largest value');
  context.note(`a ReLU with the slope ${slope} is a LeakyReLU here`);
  return one('LeakyReLU', { alpha: slope });
};

/** Keras 2 and tfjs call the slope `alpha`, Keras 3 `negative_slope`. */
export const leakyRelu: LayerRule = (settings, context) => {
  const isNew = settings.value('negative_slope') !== undefined;
  if (isNew && settings.value('alpha') !== undefined) throw settings.refused('alpha', 'beside a negative_slope');
  const alpha = isNew ? settings.number('negative_slope') : settings.number('alpha', 0.3);
  if (isNew) context.note(`negative_slope ${alpha} is called alpha here`);
  return one('LeakyReLU', { alpha });
};

export const elu: LayerRule = (settings) => {
  settings.only('alpha', 1);
  return one('ELU', { alpha: 1 });
};

export const thresholdedRelu: LayerRule = (settings) => one('ThresholdedReLU', { theta: settings.number('theta', 1) });

/** Slopes may be shared along the first axes only: WASM repeats them along these. */
export const prelu: LayerRule = (settings) => {
  settings.trainingOnly('alpha_initializer', 'alpha_regularizer', 'alpha_constraint');
  const shared = settings.value('shared_axes') ?? [];
  const axes = [shared].flat();
  if (!axes.every((_, index) => axes.includes(index + 1))) throw settings.refused('shared_axes');
  return one('PReLU', { shared_axes: axes.length > 0 ? axes : null });
};

/** Whether the axis is the last one is seen once the network is built. */
export const softmax: LayerRule = (settings) => one('Softmax', { axis: settings.axis('axis', -1) });
