import { sizeOf } from '../network/layerWeights';
import type { NewLayer } from './networkPlan';
import type { Maps, Vector } from './onnxValue';
import type { NodeContext } from './translation';

type Step = Pick<NewLayer, 'kind' | 'config' | 'part'>;

/** The numbers that ONNX gives Selu; those of TensorFlow.js are the same. */
const seluNumbers = { alpha: 1.6732631921768188, gamma: 1.0507010221481323 };

const activation = (name: string): Step => ({ kind: 'Activation', config: { activation: name } });
const rescaling = (scale: number, offset: number): Step => ({ kind: 'Rescaling', config: { scale, offset } });

/** What gives no value below 0, whatever goes in. */
const nonNegative = new Set(['relu', 'relu6', 'sigmoid', 'softplus', 'hard_sigmoid']);

/** Adds layers that treat every number alike, one after the other. */
function through(context: NodeContext, image: Maps | Vector, steps: Step[]): Maps | Vector {
  return steps.reduce((value, step) => {
    const layer = context.plan.add(context.node, { ...step, inputs: [value.layer] });
    const chosen = step.config?.activation;
    const lifts = step.kind === 'ReLU' || (typeof chosen === 'string' && nonNegative.has(chosen));
    const keeps = step.kind !== 'Rescaling' || Number(step.config?.offset) >= 0;
    return { ...value, layer, isNonNegative: lifts || (value.isNonNegative && keeps) };
  }, image);
}

/** An operator without settings that is an activation of TensorFlow.js. */
export function plainActivation(name: string) {
  return (context: NodeContext) => through(context, context.image(0), [activation(name)]);
}

export function leakyRelu(context: NodeContext): Maps | Vector {
  return through(context, context.image(0), [{ kind: 'LeakyReLU', config: { alpha: context.number('alpha', 0.01) } }]);
}

export function elu(context: NodeContext): Maps | Vector {
  const alpha = context.number('alpha', 1);
  if (alpha !== 1) throw context.refusal(`its alpha is ${alpha}, where layers of TensorFlow.js can do 1 only`);
  return through(context, context.image(0), [activation('elu')]);
}

export function selu(context: NodeContext): Maps | Vector {
  const alpha = context.number('alpha', seluNumbers.alpha);
  const gamma = context.number('gamma', seluNumbers.gamma);
  if (Math.abs(alpha - seluNumbers.alpha) + Math.abs(gamma - seluNumbers.gamma) < 1e-6) {
    return through(context, context.image(0), [activation('selu')]);
  }
  throw context.refusal(`its alpha ${alpha} and gamma ${gamma} are not the usual ones`);
}

/** Clip from 0 on, as ReLU6 and ReLU are written. */
export function clip(context: NodeContext): Maps | Vector {
  const [least, most] = [1, 2].map((index) => context.optional(index)?.values[0]);
  const top = most === undefined || most >= 3.4e38 ? null : most;
  if (least !== 0 || (top !== null && !(top > 0))) {
    throw context.refusal(`it cuts off at ${least ?? '-∞'} and ${most ?? '∞'}, where layers can cut off below 0 only`);
  }
  return through(context, context.image(0), [cutOff(top)]);
}

function cutOff(top: number | null): Step {
  if (top === null) return activation('relu');
  return top === 6 ? activation('relu6') : { kind: 'ReLU', config: { max_value: top } };
}

/** max(0, min(1, alpha · x + beta)): for Keras' numbers an activation, for others scaled before a ReLU that ends at 1. */
function hardSigmoidSteps(alpha: number, beta: number): Step[] {
  const isKeras = Math.abs(alpha - 0.2) < 1e-7 && beta === 0.5;
  return isKeras ? [activation('hard_sigmoid')] : [{ ...rescaling(alpha, beta), part: 'scale' }, cutOff(1)];
}

export function hardSigmoid(context: NodeContext): Maps | Vector {
  const steps = hardSigmoidSteps(context.number('alpha', 0.2), context.number('beta', 0.5));
  return through(context, context.image(0), steps);
}

/** x · HardSigmoid(x) with alpha 1/6. */
export function hardSwish(context: NodeContext): Maps | Vector {
  const image = context.image(0);
  const steps = hardSigmoidSteps(1 / 6, 0.5);
  const gate = through(context, image, [...steps.slice(0, -1), { ...steps.at(-1)!, part: 'gate' }]);
  const layer = context.plan.add(context.node, { kind: 'Multiply', inputs: [image.layer, gate.layer] });
  return { ...image, layer };
}

export function gelu(context: NodeContext): Maps | Vector {
  const kind = context.text('approximate', 'none');
  if (kind !== 'none') throw context.refusal(`it is approximated by ${kind}`);
  return through(context, context.image(0), [activation('gelu')]);
}

/** PRelu with one slope per channel, or one for all. */
export function prelu(context: NodeContext): Maps | Vector {
  const image = context.image(0);
  const { dims, values } = context.constant(1);
  const count = image.kind === 'maps' ? image.channels : image.size;
  const isShared = sizeOf(dims) === 1;
  const channelAxis = image.kind === 'maps' ? image.order.length - 1 - image.order.indexOf('c') : 0;
  const isPerChannel = values.length === count && dims.at(-1 - channelAxis) === count;
  if (!(isShared || isPerChannel) || (image.kind === 'vector' && (image.rows || image.dims.length !== 1))) {
    throw context.refusal(`its slopes [${dims.join(', ')}] are not one per channel`);
  }
  const shape = image.kind === 'maps' ? [1, 1, values.length] : [values.length];
  const sharedAxes = [...(image.kind === 'maps' ? [1, 2] : []), ...(isShared ? [shape.length] : [])];
  const layer = context.plan.add(context.node, {
    kind: 'PReLU',
    config: sharedAxes.length > 0 ? { shared_axes: sharedAxes } : {},
    inputs: [image.layer],
    weights: { alpha: { shape, values: values.slice() } },
  });
  return { ...image, layer };
}

/** Dropout, which only training knows. */
export function dropout(context: NodeContext): Maps | Vector {
  if (context.optional(2)?.values[0]) throw context.refusal('it is in training mode');
  const rate = context.optional(1)?.values[0] ?? context.number('ratio', 0.5);
  return through(context, context.image(0), [{ kind: 'Dropout', config: { rate } }]);
}

/** Softmax and LogSoftmax over the classes; the lab takes the last one off, so that logits are left. */
export function softmax(context: NodeContext): Maps | Vector {
  const image = context.image(0);
  const axis = context.number('axis', context.translation.graph.opset < 13 ? 1 : -1);
  const isLast = context.translation.graph.outputs[0] === context.node.outputs[0];
  if (image.kind !== 'vector' || image.dims.length !== 1 || (axis !== 1 && axis !== -1)) {
    throw context.refusal('it is not over the numbers of one image');
  }
  if (context.node.operator === 'LogSoftmax' && !isLast) throw context.refusal('it is inside the network');
  return through(context, image, [{ kind: 'Softmax', config: { axis: -1 } }]);
}
