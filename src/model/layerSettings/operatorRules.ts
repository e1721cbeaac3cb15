import { leakyRelu, relu } from './activationRules';
import { onlyActivation, readActivation } from './activations';
import { constantNumbers } from './constantNumbers';
import { type LayerSpec, one, passThrough, type RuleContext, scaleAndShift } from './layerRule';
import { LayerSettings } from './layerSettings';
import { concatenate } from './mergeRules';
import { globalAveragePooling2d } from './poolingRules';
import type { Argument } from './readCalls';

/** An operator on tensors that stands among the layers: `x * 0.1` of Keras 3, `tf.math.multiply` of tf.keras. */
export interface Operator {
  /** In the words of this file: `multiply`, `relu`. */
  name: string;
  /** Settings of the operator itself. */
  settings: LayerSettings;
  /** What it is applied to, in order. */
  operands: Argument[];
}

type OperatorRule = (operator: Operator, context: RuleContext) => LayerSpec[];

/** The operator that a layer of a file is; null for layers. */
export function readOperator(
  settings: { path: string; kind: string; name: string },
  module: unknown,
  config: Record<string, unknown>,
  { inputs, named }: RuleContext['call'],
): Operator | null {
  const { path, kind, name } = settings;
  const isKeras3 = typeof module === 'string' && /^keras\.(src\.)?ops\b/.test(module);
  if (kind !== 'TFOpLambda' && !isKeras3) return null;
  const own: Record<string, unknown> = isKeras3 ? { ...config } : {};
  const operands = [...inputs];
  for (const [key, argument] of Object.entries(named)) {
    if ('tensor' in argument || operandKeys.includes(key)) operands.push(argument);
    else own[key] = argument.constant;
  }
  const function_ = isKeras3 ? kind.toLowerCase() : String(config.function);
  return {
    name: aliases[function_] ?? function_,
    settings: new LayerSettings(path, isKeras3 ? kind : function_, name, own),
    operands,
  };
}

/** Names under which a second operand is given. */
const operandKeys = ['x', 'y', 'x1', 'x2'];

/** Functions of tf.keras, and classes of Keras 3 in small letters, that are one operator. */
const aliases: Record<string, string> = {
  '__operators__.add': 'add',
  'math.add': 'add',
  'math.subtract': 'subtract',
  'math.multiply': 'multiply',
  'math.truediv': 'divide',
  'math.divide': 'divide',
  truedivide: 'divide',
  'math.maximum': 'maximum',
  'math.minimum': 'minimum',
  'math.negative': 'negative',
  'math.reduce_mean': 'mean',
  'nn.relu': 'relu',
  'nn.relu6': 'relu6',
  'nn.silu': 'swish',
  'nn.swish': 'swish',
  silu: 'swish',
  hardsigmoid: 'hard_sigmoid',
  'nn.sigmoid': 'sigmoid',
  'math.sigmoid': 'sigmoid',
  'math.tanh': 'tanh',
  'nn.tanh': 'tanh',
  'nn.selu': 'selu',
  'nn.gelu': 'gelu',
  'math.softplus': 'softplus',
  'nn.softplus': 'softplus',
  'nn.softsign': 'softsign',
  'nn.softmax': 'softmax',
  'nn.leaky_relu': 'leakyrelu',
  stop_gradient: 'identity',
  concat: 'concatenate',
};

const rules: Readonly<Record<string, OperatorRule>> = {
  add: binary('Add', (number) => scaleAndShift(1, number)),
  multiply: binary('Multiply', (number) => scaleAndShift(number, 0)),
  subtract: binary(null, (number, isFirst) =>
    isFirst
      ? scaleAndShift(-1, number)
      : scaleAndShift(
          1,
          each(number, (value) => -value),
        ),
  ),
  divide: binary(null, (number, isFirst) =>
    isFirst
      ? null
      : scaleAndShift(
          each(number, (value) => 1 / value),
          0,
        ),
  ),
  maximum: binary('Maximum', (number) => (number === 0 ? one('ReLU', {}) : null)),
  minimum: binary('Minimum', () => null),
  negative: () => scaleAndShift(-1, 0),
  identity: () => passThrough(),
  relu: ({ settings }, context) => relu(settings, context),
  leakyrelu: ({ settings }, context) => {
    // Here, unlike in the layer, the usual slope is 0.2.
    const hasSlope = ['alpha', 'negative_slope'].some((key) => settings.value(key) !== undefined);
    return hasSlope ? leakyRelu(settings, context) : one('LeakyReLU', { alpha: 0.2 });
  },
  gelu: ({ settings }, context) => {
    // Keras 3 approximates it as an operator unless told otherwise.
    if (settings.flag('approximate', context.writtenBy() === 'keras-3')) throw settings.refused('approximate');
    return one('Activation', { activation: 'gelu' });
  },
  softmax: ({ settings }) => one('Softmax', { axis: settings.axis('axis', -1) }),
  mean: ({ settings }, context) => {
    const axes = settings.value('axis');
    if (JSON.stringify(axes) !== '[1,2]' || context.inputShape().length !== 3) throw settings.refused('axis');
    return globalAveragePooling2d(settings, context);
  },
  concatenate: ({ settings }, context) => concatenate(settings, context),
  ...Object.fromEntries(
    ['relu6', 'sigmoid', 'tanh', 'swish', 'selu', 'softplus', 'softsign', 'hard_sigmoid'].map(
      (name): [string, OperatorRule] => [
        name,
        ({ settings: { path, kind, name: layer } }, context) =>
          onlyActivation(readActivation(new LayerSettings(path, kind, layer, { activation: name }), context)),
      ],
    ),
  ),
};

/** The standard layers that an operator is. @throws LabError `model-unreadable` naming the operator */
export function settleOperator(operator: Operator, context: RuleContext): LayerSpec[] {
  const { name, settings } = operator;
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (!rule) throw settings.refusedKind('the lab does not know what this operator does');
  const specs = rule(operator, context);
  settings.refuseRest();
  return specs;
}

/** An operator of two operands: on two tensors a layer, on a tensor and a number what `withNumber` makes of it. */
function binary(
  onTensors: string | null,
  withNumber: (number: number | number[], isFirst: boolean) => LayerSpec[] | null,
): OperatorRule {
  return ({ settings, operands }, context) => {
    const [first, second, ...more] = operands;
    if (!first || !second || more.length > 0) throw settings.refusedKind('it has not two operands');
    if ('tensor' in first && 'tensor' in second) {
      if (onTensors) return one(onTensors, {});
      throw settings.refusedKind('its operands are two tensors');
    }
    const isFirst = 'constant' in first;
    const constant = isFirst ? first.constant : (second as { constant: unknown }).constant;
    const number = constantNumbers(constant);
    const specs = number === null ? null : withNumber(number, isFirst);
    if (!specs)
      throw settings.refusedKind(
        `its ${isFirst ? 'first' : 'second'} operand is ${JSON.stringify(constant).slice(0, 80)}`,
      );
    const symbol = isFirst ? `${String(number)} and x` : `x and ${String(number)}`;
    context.note(`this operator on ${symbol} is a ${specs[0]!.kind} here`);
    return specs;
  };
}

function each(number: number | number[], change: (value: number) => number): number | number[] {
  return Array.isArray(number) ? number.map(change) : change(number);
}
