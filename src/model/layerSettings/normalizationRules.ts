import { type LayerRule, one, scaleAndShift } from './layerRule';
import type { LayerSettings } from './layerSettings';

/** Whether the axis is the last one is seen once the network is built. */
export const batchNormalization: LayerRule = (settings) => {
  settings.trainingOnly(
    ...['beta', 'gamma'].flatMap((weight) =>
      ['initializer', 'regularizer', 'constraint'].map((use) => `${weight}_${use}`),
    ),
    'moving_mean_initializer',
    'moving_variance_initializer',
    'fused',
  );
  settings.only('renorm', false);
  settings.only('virtual_batch_size');
  settings.only('adjustment');
  settings.only('synchronized', false, true);
  // Keras 1: 0 stands for averages of all batches, which is what the others do too.
  settings.only('mode', 0);
  return one('BatchNormalization', {
    axis: settings.axis('axis', -1),
    momentum: settings.number('momentum', 0.99),
    epsilon: settings.number('epsilon', 0.001),
    center: settings.flag('center', true),
    scale: settings.flag('scale', true),
  });
};

/** A layer of the lab's own, as the lab writes it. */
export const groupBatchNormalization: LayerRule = (settings) =>
  one('GroupBatchNormalization', {
    group_count: settings.count('group_count'),
    momentum: settings.number('momentum'),
    epsilon: settings.number('epsilon'),
    center: settings.flag('center', true),
    scale: settings.flag('scale', true),
  });

export const layerNormalization: LayerRule = (settings) => {
  settings.trainingOnly(
    ...['beta', 'gamma'].flatMap((weight) =>
      ['initializer', 'regularizer', 'constraint'].map((use) => `${weight}_${use}`),
    ),
  );
  settings.only('rms_scaling', false);
  return one('LayerNormalization', {
    axis: settings.axis('axis', -1),
    epsilon: settings.number('epsilon', 0.001),
    center: settings.flag('center', true),
    scale: settings.flag('scale', true),
  });
};

export const rescaling: LayerRule = (settings) => {
  settings.only('data_format', 'channels_last');
  return scaleAndShift(settings.numbers('scale'), settings.numbers('offset', 0));
};

/** What Keras adds to a deviation of 0. */
const leastDeviation = 1e-7;

/**
 * (x - mean) / max(√variance, 1e-7), or the other way round with `invert`: one scale and one shift per channel. The numbers
 * are constants of the layer, or weights that `adapt` has found.
 */
export const normalization: LayerRule = (settings, context) => {
  settings.only('axis', -1, [-1], 3, [3], [], null);
  const [mean, variance] = [moments(settings, 'mean'), moments(settings, 'variance')].map(
    (constant, index) => constant ?? context.weight(index === 0 ? 'mean' : 'variance'),
  );
  if (!mean || !variance) throw settings.refused('mean', 'neither constants nor weights of it are in the file');
  if (mean.length !== variance.length)
    throw settings.refused('variance', `${variance.length} values for ${mean.length} means`);
  const deviations = variance.map((value) => Math.max(Math.sqrt(value), leastDeviation));
  if (![...mean, ...deviations].every(Number.isFinite)) throw settings.refused('variance', 'its values are no numbers');
  context.note(`(x - mean) / deviation is a Rescaling here (mean ${mean.map(brief).join(', ')})`);
  const single = (values: number[]) => (values.length === 1 ? values[0]! : values);
  return settings.flag('invert', false)
    ? scaleAndShift(single(deviations), single(mean))
    : scaleAndShift(
        single(deviations.map((deviation) => 1 / deviation)),
        single(mean.map((value, index) => -value / deviations[index]!)),
      );
};

const brief = (value: number) => Number(value.toPrecision(4));

function moments(settings: LayerSettings, key: string): number[] | null {
  if (settings.value(key) === undefined) return null;
  return [settings.numbers(key)].flat();
}
