import { isObject } from '../files/findModelJson';
import { type LayerSpec, one, type RuleContext } from './layerRule';
import type { LayerSettings } from './layerSettings';

/** Activations that tfjs computes by Keras' definition, by Keras' name, with tfjs' own name. */
const sameInBoth: Record<string, string> = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  elu: 'elu',
  selu: 'selu',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
  softplus: 'softplus',
  softsign: 'softsign',
  softmax: 'softmax',
  log_softmax: 'log_softmax',
  swish: 'swish',
  silu: 'swish',
  mish: 'mish',
  gelu: 'gelu',
};

/** Layers that may be given as the activation of another layer. */
const activationLayers = ['ReLU', 'LeakyReLU', 'ELU', 'Softmax', 'Activation'];

/** An activation in a layer's settings: the part that the layer computes itself, and the layers that do the rest. */
export interface SettledActivation {
  own: string;
  after: LayerSpec[];
}

/** Reads the setting `activation`: a name, or an object that Keras made of a function or of a layer. */
export function readActivation(settings: LayerSettings, context: RuleContext): SettledActivation {
  const given = settings.value('activation') ?? 'linear';
  const inner = layerInside(given);
  if (inner) {
    const after = context.settleInner(inner.kind, inner.config);
    return {
      own: 'linear',
      after: after.map((spec) => ({ ...spec, suffix: spec.suffix ?? inner.kind.toLowerCase() })),
    };
  }
  const name = functionName(given);
  const same = Object.hasOwn(sameInBoth, name) ? sameInBoth[name] : undefined;
  if (same !== undefined) {
    if (same !== name) context.note(`the activation ${name} is called ${same} here`);
    return { own: same, after: [] };
  }
  const after = madeOfLayers(name, context);
  if (!after) throw settings.refused('activation');
  return { own: 'linear', after };
}

/** The name of a function; Keras 3 writes functions of its own as objects. */
function functionName(given: unknown): string {
  if (typeof given === 'string') return given;
  if (!isObject(given)) return '';
  const { class_name: kind, config, registered_name: registered } = given;
  const isOwn = registered === undefined || registered === null || registered === 'function' || registered === config;
  return kind === 'function' && typeof config === 'string' && isOwn ? config : '';
}

function layerInside(given: unknown): { kind: string; config: Record<string, unknown> } | null {
  if (!isObject(given) || !isObject(given.config)) return null;
  const kind = String(given.class_name);
  return activationLayers.includes(kind) ? { kind, config: given.config } : null;
}

/** Activations that tfjs does not have, as layers after the one that they belong to. */
function madeOfLayers(name: string, context: RuleContext): LayerSpec[] | null {
  if (name === 'hard_sigmoid') return hardSigmoid(context);
  if (name === 'leaky_relu') return [{ kind: 'LeakyReLU', settings: { alpha: 0.2 }, suffix: 'leaky_relu' }];
  return null;
}

/** Keras 2 and tfjs: clip(0.2 x + 0.5). Keras 3: relu6(x + 3) / 6 = clip(x / 6 + 0.5). Both between 0 and 1. */
function hardSigmoid(context: RuleContext): LayerSpec[] {
  if (context.writtenBy() !== 'keras-3')
    return [{ kind: 'Activation', settings: { activation: 'hard_sigmoid' }, suffix: 'hard_sigmoid' }];
  context.note('the hard_sigmoid of Keras 3 is a Rescaling and a ReLU up to 1 here');
  return [
    { kind: 'Rescaling', settings: { scale: 1 / 6, offset: 0.5 }, suffix: 'hard_sigmoid_scale' },
    { kind: 'ReLU', settings: { max_value: 1 }, suffix: 'hard_sigmoid' },
  ];
}

/** A layer with an activation of its own. */
export function withActivation(
  kind: string,
  settings: Record<string, unknown>,
  { own, after }: SettledActivation,
): LayerSpec[] {
  return [...one(kind, { ...settings, activation: own }), ...after];
}

/** A layer that is nothing but an activation. */
export function onlyActivation({ own, after }: SettledActivation): LayerSpec[] {
  const [first, ...rest] = after;
  return first ? [{ ...first, suffix: undefined }, ...rest] : one('Activation', { activation: own });
}
