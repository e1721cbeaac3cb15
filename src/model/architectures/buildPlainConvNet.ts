import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import type { ArchitectureSpec } from '../labModel';
import { type ConvPlan, hiddenUnits as publishedUnits } from './architecturePlans';
import { channelsOf } from './channelsOf';
import { seededHeNormal } from './seededHeNormal';

/**
 * VGG's scheme: 3×3 convolutions with a bias, each with a ReLU of its own, 2×2 max-pooling, then global average pooling
 * and one dense layer that gives the logits. Weights: He normal, seeded per layer; biases 0.
 *
 * @param options.hiddenUnits of the dense head, when the spec asks for it
 * @param options.batchNorm BatchNorm between a convolution and its ReLU, with torchvision's ε 1e-5 and momentum (0.1 of the
 *   batch, which Keras counts as 0.9 of what was); the convolutions keep their bias, as torchvision's do
 */
export function buildPlainConvNet(
  plan: ConvPlan,
  spec: ArchitectureSpec,
  { batchNorm = false, hiddenUnits = publishedUnits }: { batchNorm?: boolean; hiddenUnits?: readonly number[] } = {},
): LayersModel {
  const made: layers.Layer[] = [];
  let convs = 0;
  let pools = 0;
  for (const step of plan) {
    if (step === 'M') {
      pools++;
      made.push(layers.maxPooling2d({ name: `pool${pools}`, poolSize: 2, strides: 2 }));
      continue;
    }
    convs++;
    made.push(
      layers.conv2d({
        name: `conv${convs}`,
        ...(convs === 1 ? { inputShape: [spec.imageSize, spec.imageSize, 3] } : {}),
        filters: channelsOf(step, spec),
        kernelSize: 3,
        padding: 'same',
        kernelInitializer: seededHeNormal(spec.seed, `conv${convs}`),
      }),
      ...(batchNorm ? [layers.batchNormalization({ name: `bn${convs}`, epsilon: 1e-5, momentum: 0.9 })] : []),
      layers.activation({ name: `relu${convs}`, activation: 'relu' }),
    );
  }
  made.push(...(spec.head === 'dense' ? denseHead(spec, hiddenUnits) : averageHead(spec)));
  return sequential({ name: spec.name, layers: made });
}

function averageHead(spec: ArchitectureSpec): layers.Layer[] {
  return [
    layers.globalAveragePooling2d({ name: 'gap' }),
    layers.dense({ name: 'fc', units: spec.classCount, kernelInitializer: seededHeNormal(spec.seed, 'fc') }),
  ];
}

/** Dense layers with ReLU and dropout between them, as in torchvision's VGG. */
function denseHead(spec: ArchitectureSpec, hiddenUnits: readonly number[]): layers.Layer[] {
  const dense = (name: string, units: number) =>
    layers.dense({ name, units, kernelInitializer: seededHeNormal(spec.seed, name) });
  const hidden = hiddenUnits.flatMap((units, index) => [
    dense(`fc${index + 1}`, channelsOf(units, spec)),
    layers.activation({ name: `fcRelu${index + 1}`, activation: 'relu' }),
    layers.dropout({ name: `fcDropout${index + 1}`, rate: 0.5 }),
  ]);
  return [layers.flatten({ name: 'flatten' }), ...hidden, dense(`fc${hiddenUnits.length + 1}`, spec.classCount)];
}
