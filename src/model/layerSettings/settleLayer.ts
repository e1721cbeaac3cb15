import type { Asker } from '../../foundation/openQuestion';
import { isObject } from '../files/findModelJson';
import type { ImportLine } from '../files/importReport';
import type { NumberArray } from '../keras/numberArray';
import { groupInputName } from '../network/groupInput';
import type { LayerSpec, RuleContext } from './layerRule';
import { layerRules } from './layerRules';
import { LayerSettings } from './layerSettings';
import { mapShape } from './mapShape';
import { readOperator, settleOperator } from './operatorRules';
import { type LayerPlace, type PlacedLayer, placeChain } from './placeChain';
import { checkPrecision } from './precision';
import type { LayerCall } from './readCalls';
import type { WrittenBy } from './writtenBy';

/** What is known, asked and gathered while a network is settled. */
export interface SettleContext {
  path: string;
  asker: Asker;
  writtenBy(): WrittenBy;
  weight(name: string): number[] | null;
  weights: Record<string, NumberArray>;
  lines: ImportLine[];
}

const emptyCall: LayerCall = { inputs: [], named: {} };

/** The standard layers that stand for one plain layer of a file. @throws LabError `model-unreadable` */
export function settleLayer(
  layer: Record<string, unknown>,
  place: LayerPlace,
  before: readonly PlacedLayer[],
  taken: Set<string>,
  context: SettleContext,
): PlacedLayer[] {
  const config = isObject(layer.config) ? layer.config : {};
  const { path } = context;
  const { kind, name } = place;
  refuseForeign(layer, place, context);
  checkPrecision(path, place, config.dtype, context.asker);
  const call = place.calls?.[0] ?? emptyCall;
  const rules: RuleContext = {
    writtenBy: context.writtenBy,
    inputShape: () => mapShape(place.calls === null ? null : call, before, config),
    weight: (weight) => context.weight(`${name}/${weight}`),
    call,
    note: (detail) => context.lines.push({ layer: name, status: 'repaired', detail }),
    settleInner: (innerKind, innerConfig) => settlePlain(new LayerSettings(path, innerKind, name, innerConfig), rules),
  };
  const operator = readOperator({ path, kind, name }, layer.module, config, call);
  if (!operator) refuseTrainingCalls(place, context);
  const specs = operator
    ? settleOperator(operator, rules)
    : kind === 'InputLayer'
      ? inputLayer(new LayerSettings(path, kind, name, config))
      : settlePlain(new LayerSettings(path, kind, name, config), rules);
  refuseUnequalCalls(place, specs, context);
  const described = specs.map(({ kind: standard, settings }, index) => ({
    class_name: standard,
    config: {
      ...(index === 0 ? ownSettings(config, standard) : { trainable: true, dtype: 'float32' }),
      ...startingValues(standard),
      ...settings,
    },
  }));
  // Operators of tf.keras take their second tensor by name.
  const calls =
    place.calls?.map(({ inputs, named }) => ({ inputs: [...inputs, ...Object.values(named)], named })) ?? null;
  const placed = placeChain(
    described,
    { ...place, calls },
    taken,
    specs.map(({ suffix }) => suffix),
  );
  for (const [index, { weights = {} }] of specs.entries()) {
    for (const [weight, value] of Object.entries(weights)) context.weights[`${placed[index]!.name}/${weight}`] = value;
  }
  return placed;
}

function settlePlain(settings: LayerSettings, rules: RuleContext): LayerSpec[] {
  const rule = Object.hasOwn(layerRules, settings.kind) ? layerRules[settings.kind] : undefined;
  if (!rule) throw settings.refusedKind('the lab does not know what such a layer computes');
  const specs = rule(settings, rules);
  settings.refuseRest();
  const { leftOut } = settings;
  if (leftOut.length > 0) rules.note(`acts in training only and is left out: ${leftOut.join(', ')}`);
  return specs;
}

/** Where images come in. Whole numbers become float32, which holds pixels exactly. */
function inputLayer(settings: LayerSettings): LayerSpec[] {
  for (const key of ['sparse', 'ragged', 'optional']) settings.only(key, false);
  settings.only('type_spec');
  settings.only('input_tensor');
  const shape = settings.value('batch_shape') ?? settings.value('batch_input_shape');
  settings.refuseRest();
  return [{ kind: 'InputLayer', settings: { batch_input_shape: shape, sparse: false } }];
}

function ownSettings(config: Record<string, unknown>, kind: string) {
  const { name, dtype, trainable, batch_shape, batch_input_shape } = config;
  const shape = batch_shape ?? batch_input_shape;
  return {
    ...(kind !== 'InputLayer' && { trainable: trainable !== false }),
    dtype: kind === 'InputLayer' && name === groupInputName ? dtype : 'float32',
    ...(shape !== undefined && shape !== null && { batch_input_shape: shape }),
  };
}

/** Random numbers to start with would be drawn only to be replaced by those of the file. */
function startingValues(kind: string): Record<string, unknown> {
  const zeros = { class_name: 'Zeros', config: {} };
  return Object.fromEntries((kernels[kind] ?? []).map((weight) => [`${weight}_initializer`, zeros]));
}

const kernels: Readonly<Record<string, string[]>> = {
  Conv2D: ['kernel'],
  Conv2DTranspose: ['kernel'],
  Dense: ['kernel'],
  DepthwiseConv2D: ['depthwise'],
  SeparableConv2D: ['depthwise', 'pointwise'],
};

/** A class of the user's own may have the name of one of Keras'. */
function refuseForeign(
  { module, registered_name: registered }: Record<string, unknown>,
  { kind, name }: LayerPlace,
  { path }: SettleContext,
): void {
  const isForeign =
    (typeof module === 'string' && !/^(tf_)?keras\b|^tensorflow\b|^builtins$/.test(module)) ||
    (typeof registered === 'string' && /^(?!keras\b).*>/i.test(registered));
  if (!isForeign) return;
  throw new LayerSettings(path, kind, name, {}).refusedKind(`it comes from ${String(registered ?? module)}`);
}

/** A layer that is called in training mode computes otherwise; masks and the like are unknown to networks on images. */
export function refuseTrainingCalls({ kind, name, calls }: LayerPlace, { path }: SettleContext): void {
  for (const { inputs, named } of calls ?? []) {
    const given: Record<string, unknown> = {};
    for (const [key, argument] of Object.entries(named)) {
      const value = 'constant' in argument ? argument.constant : argument.tensor;
      const isUsual =
        value === null || value === false || (Array.isArray(value) && value.every((part) => part === null));
      if (!isUsual) given[key] = value;
    }
    const constant = inputs.find((input) => 'constant' in input);
    if (constant) given.inputs = constant;
    new LayerSettings(path, kind, name, given).refuseRest();
  }
}

/** Constants of an operator are taken from its first call: the others have to have the same. */
function refuseUnequalCalls({ kind, name, calls }: LayerPlace, specs: LayerSpec[], { path }: SettleContext): void {
  const constants = (calls ?? []).map(({ inputs, named }) =>
    JSON.stringify([...inputs, ...Object.values(named)].map((argument) => ('constant' in argument ? argument : null))),
  );
  if (specs.length === 0 || constants.every((own) => own === constants[0])) return;
  throw new LayerSettings(path, kind, name, {}).refusedKind('it is applied several times with different constants');
}
