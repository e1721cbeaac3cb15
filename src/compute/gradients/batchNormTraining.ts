import {
  customGrad,
  engine,
  type GradSaveFunc,
  getBackend,
  getKernel,
  mul,
  sub,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers as layerFactory, type layers } from '@tensorflow/tfjs-layers';

/** Names of the kernels for training with batch normalisation, on the backends that have them. */
export const batchNormTrainingKernel = 'BatchNormTraining';
export const batchNormTrainingGradKernel = 'BatchNormTrainingGrad';

type Layer = ReturnType<typeof layers.batchNormalization>;
type Call = Layer['call'];
type Weight = NonNullable<Layer['weights']>[number];

/** What the layer keeps for itself; tfjs declares it private. */
interface LayerParts {
  axis: number;
  epsilon: number;
  momentum: number;
  gamma: Weight | null;
  beta: Weight | null;
  movingMean: Weight;
  movingVariance: Weight;
}

let stockCall: Call | null = null;

/**
 * Makes batch normalisation layers train by one kernel forward and one backward, on the backends that have them. The
 * stock layer takes the mean, the variance and the normalisation as separate steps, each with a gradient of its own: a
 * dozen passes over the map instead of five. May be called again.
 */
export function trainBatchNormalizationByKernel(): void {
  if (stockCall) return;
  const prototype = Object.getPrototypeOf(layerFactory.batchNormalization({})) as { call: Call };
  stockCall = prototype.call;
  const stock = stockCall;
  prototype.call = function (this: Layer, inputs, kwargs) {
    const parts = this as unknown as LayerParts;
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    const hasKernel = getKernel(batchNormTrainingKernel, getBackend()) !== undefined;
    const isPlain = parts.axis === -1 || parts.axis === x.rank - 1;
    if (!kwargs.training || !hasKernel || !isPlain || !parts.gamma || !parts.beta) {
      return stock.call(this, inputs, kwargs);
    }
    return tidy(() => normalize(x, parts, parts.gamma!.read(), parts.beta!.read()));
  };
}

function normalize(x: Tensor, parts: LayerParts, gamma: Tensor, beta: Tensor): Tensor {
  const attrs = { epsilon: parts.epsilon };
  const op = customGrad((...args) => {
    const save = args.pop() as GradSaveFunc;
    const [input, scale, offset] = args as Tensor[];
    const kernelInputs = { x: input!, gamma: scale!, beta: offset! };
    const [y, mean, variance] = engine().runKernel<Tensor[]>(batchNormTrainingKernel, kernelInputs, attrs);
    follow(parts.movingMean, mean!, parts.momentum);
    follow(parts.movingVariance, variance!, parts.momentum);
    save([input!, scale!, mean!, variance!]);
    return {
      value: y!,
      gradFunc: (dy, saved) => {
        const [savedX, savedGamma, savedMean, savedVariance] = saved as [Tensor, Tensor, Tensor, Tensor];
        const gradInputs = { x: savedX, dy, gamma: savedGamma, mean: savedMean, variance: savedVariance };
        return engine().runKernel<Tensor[]>(batchNormTrainingGradKernel, gradInputs, attrs);
      },
    };
  });
  return op(x, gamma, beta);
}

/** Moves a running average towards the batch's value, as the stock layer does. */
function follow(average: Weight, value: Tensor, momentum: number): void {
  tidy(() => {
    const current = average.read();
    average.write(sub(current, mul(sub(current, value), 1 - momentum)));
  });
}
