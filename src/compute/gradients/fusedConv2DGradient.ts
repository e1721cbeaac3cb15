import {
  type DataId,
  type GradConfig,
  type GradFunc,
  getGradient,
  getKernel,
  type NamedAttrMap,
  registerKernel,
  reshape,
  sum,
  type Tensor,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { LabError } from '../../foundation/labError';

/** Settings of every fused convolution by its output: the tape does not hand them to the gradient. */
const settingsOf = new WeakMap<DataId, NamedAttrMap>();

const wrappedBackends = new Set<string>();

/**
 * Makes the `FusedConv2D` kernel of one backend leave its settings for {@link fusedConv2DGradient}. May be called again.
 * @param backendName name of a backend whose kernels are registered: `wasm`, `webgpu`, `cpu`
 */
export function rememberConvSettings(backendName: string): void {
  if (wrappedBackends.has(backendName)) return;
  wrappedBackends.add(backendName);
  const stock = getKernel('FusedConv2D', backendName);
  unregisterKernel('FusedConv2D', backendName);
  registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const output = stock.kernelFunc(call);
      if (!Array.isArray(output) && call.attrs) settingsOf.set(output.dataId, call.attrs);
      return output;
    },
  });
}

/**
 * Gradient of `tf.fused.conv2d`, which a Conv2D layer without activation uses in training. Each part is computed only
 * when asked for: the stock one always computes the gradient of the input too, which for the first layer of a network
 * nobody needs. Registered under the name of the op's scope, where the tape looks first.
 */
export const fusedConv2DGradient: GradConfig = {
  kernelName: 'fusedConv2d__op',
  gradFunc: (dys, saved) => {
    const dy = Array.isArray(dys) ? dys[0]! : dys;
    const [filter, x, y, bias] = saved as [Tensor, Tensor, Tensor, Tensor | undefined];
    const convGradient = getGradient('Conv2D').gradFunc;
    const { x: dx, filter: dFilter } = convGradient(dy, [x, filter], linearSettings(y));
    if (!dx || !dFilter) throw internal('The gradient of Conv2D lacks a part.');
    const parts: ReturnType<GradFunc> = { 0: dx, 1: dFilter };
    return bias ? { ...parts, 2: () => biasGradient(dy, bias) } : parts;
  },
};

function linearSettings(y: Tensor): NamedAttrMap {
  const settings = settingsOf.get(y.dataId);
  if (!settings) throw internal('A fused convolution left no settings for its gradient.');
  if (settings.activation !== 'linear') throw internal('A fused activation has no gradient.');
  return settings;
}

function biasGradient(dy: Tensor, bias: Tensor): Tensor {
  const leadingAxes = dy.shape.slice(0, -1).map((_, axis) => axis);
  return reshape(sum(dy, leadingAxes), bias.shape);
}

function internal(message: string): LabError {
  return new LabError({
    code: 'internal',
    stage: 'computing gradients',
    message,
    hint: 'Reload the page. If it happens again, report it with the run record.',
  });
}
