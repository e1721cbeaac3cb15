import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import type { ArchitecturePlan } from './architecturePlan';
import { layOutPlan, type PlanUse } from './layOutPlan';
import type { NamedLayer } from './planLayer';
import { seededHeNormal, tfjsSeed } from './seededHeNormal';

export interface PlanBuild extends PlanUse {
  /** Name of the network. */
  name: string;
  seed: number;
}

/**
 * Builds the network that a plan describes, untrained, from the image to the logits; its layers are named as `layOutPlan`
 * says. With paddings in pixels and BatchNorm's ε given, it computes what PyTorch's `nn.Sequential` of the same layers
 * does. Weights: He normal, seeded per layer; biases 0. BatchNorm's momentum is PyTorch's 0.1, which Keras counts as 0.9.
 *
 * @throws LabError `config-invalid`, naming the step that does not fit
 */
export function buildFromPlan(plan: ArchitecturePlan, build: PlanBuild): LayersModel {
  const { name, seed, imageSize, channels = 3 } = build;
  const made = layOutPlan(plan, build).map((layer, index) =>
    makeLayer(layer, seed, index === 0 ? { inputShape: [imageSize, imageSize, channels] } : {}),
  );
  return sequential({ name, layers: made });
}

/** The tfjs layer of a description. @param input the shape of the images, for the first layer of a sequence */
export function makeLayer(layer: NamedLayer, seed: number, input: { inputShape?: number[] } = {}): layers.Layer {
  const base = { name: layer.name, ...input };
  switch (layer.kind) {
    case 'ZeroPadding2D': {
      // tfjs takes a pair, and declares a number.
      const padding = [layer.pixels, layer.pixels] as unknown as number;
      return layers.zeroPadding2d({ ...base, padding });
    }
    case 'Conv2D':
      return layers.conv2d({
        ...base,
        filters: layer.filters,
        kernelSize: layer.kernel,
        strides: layer.stride,
        padding: layer.padding,
        useBias: layer.bias,
        kernelInitializer: seededHeNormal(seed, layer.name),
      });
    case 'DepthwiseConv2D':
      return layers.depthwiseConv2d({
        ...base,
        kernelSize: layer.kernel,
        strides: layer.stride,
        padding: layer.padding,
        useBias: layer.bias,
        depthwiseInitializer: initializers.truncatedNormal({
          // He's rule: every output reads one channel. tfjs' own rule would count them all.
          stddev: Math.sqrt(2 / layer.kernel ** 2),
          seed: tfjsSeed(seed, layer.name),
        }),
      });
    case 'BatchNormalization':
      return layers.batchNormalization({ ...base, epsilon: layer.epsilon, momentum: 0.9 });
    case 'Activation':
      return layers.activation({ ...base, activation: layer.activation });
    case 'LeakyReLU':
      return layers.leakyReLU({ ...base, alpha: layer.slope });
    case 'MaxPooling2D':
      return layers.maxPooling2d({ ...base, poolSize: layer.size, strides: layer.stride, padding: layer.padding });
    case 'AveragePooling2D':
      return layers.averagePooling2d({ ...base, poolSize: layer.size, strides: layer.stride, padding: layer.padding });
    case 'GlobalAveragePooling2D':
      return layers.globalAveragePooling2d(base);
    case 'GlobalMaxPooling2D':
      return layers.globalMaxPooling2d(base);
    case 'Flatten':
      return layers.flatten(base);
    case 'Dense':
      return layers.dense({
        ...base,
        units: layer.units,
        useBias: layer.bias,
        kernelInitializer: seededHeNormal(seed, layer.name),
      });
    case 'Dropout':
      return layers.dropout({ ...base, rate: layer.rate });
  }
}
