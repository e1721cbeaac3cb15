import { modelUnreadable } from '../files/modelUnreadable';
import { isForeign, isNeeded } from './foreignModules';
import { type FoundModule, listModules } from './listModules';
import type { StoredWeights } from './stateDict';

const howElse =
  'A checkpoint holds weights but no network. Sequential CNNs, VGG and ResNets of basic blocks are known; export others as Keras or TensorFlow.js layers models.';
const shown = 6;

/** Why none of the weights in a checkpoint are a network that the lab knows. */
export function explainUnknown(path: string, dictionaries: StoredWeights[]) {
  const largest = dictionaries.reduce((a, b) => (b.shapes.size > a.shapes.size ? b : a));
  const modules = listModules(largest.shapes);
  const normalised = findOtherNorms(modules, largest);
  if (normalised.length > 0) {
    return modelUnreadable(
      path,
      `it has GroupNorm, LayerNorm or InstanceNorm where the lab knows BatchNorm: ${listNames(normalised)} have a weight and a bias for every channel, but no running_mean`,
      'These normalise every image by itself, which no layer of TensorFlow.js does. Give a network with BatchNorm or without normalisation.',
    );
  }
  const begin = modules.slice(0, shown).map(({ name, kind, shape }) => `${name} (${kind} ${shape.join('×')})`);
  return modelUnreadable(
    path,
    `its ${modules.length} modules fit no architecture that the lab knows${reasonFor(modules, largest)}; they begin with ${begin.join(', ') || 'none'}`,
    howElse,
  );
}

/** Modules with one weight and one bias per channel of a convolution before them, and no averages. */
function findOtherNorms(modules: FoundModule[], { shapes }: StoredWeights): FoundModule[] {
  return modules.filter(({ kind, shape, hasBias, name }, index) => {
    if (kind !== 'other' || shape.length !== 1 || !hasBias || shapes.has(`${name}.running_var`)) return false;
    const before = modules.slice(0, index).findLast((module) => module.kind === 'convolution');
    return before?.shape[0] === shape[0];
  });
}

function reasonFor(modules: FoundModule[], { shapes }: StoredWeights): string {
  const names = [...shapes.keys()];
  const convolutions = modules.filter(({ kind }) => kind === 'convolution');
  if (names.some((name) => /(^|[._])(attn|attention|qkv|pos_embed|cls_token)([._]|$)/.test(name))) {
    return ': it is a transformer, whose channels the lab cannot prune';
  }
  if (convolutions.length === 0) return ': there is no convolution on images in it';
  if (names.some((name) => /(^|\.)layer1\.0\.conv3\.weight$/.test(name))) {
    return ': it is a ResNet of bottleneck blocks (ResNet-50 and deeper)';
  }
  const [first] = convolutions;
  if (first!.shape[1] !== 3 && first!.shape[1] !== 1) {
    return `: its first convolution "${first!.name}" reads ${first!.shape[1]} channels, not 3 or 1`;
  }
  const odd = convolutions.find(({ shape }, i) => i > 0 && shape[1] !== convolutions[i - 1]!.shape[0]);
  if (odd) {
    const before = convolutions[convolutions.indexOf(odd) - 1]!;
    return `: "${odd.name}" reads ${odd.shape[1]} channels where "${before.name}" makes ${before.shape[0]}, so that they do not follow one another, or work in groups`;
  }
  const unplaced = modules.find((module) => module.kind === 'other' && isNeeded(module) && !isForeign(module.name));
  if (unplaced) {
    return `: the place of the ${shapes.get(`${unplaced.name}.weight`)?.join('×')} weights of "${unplaced.name}" is not known (a PReLU, or a layer of its own)`;
  }
  const channels = convolutions.at(-1)!.shape[0]!;
  const hasHead = modules.some(({ kind, shape }) => kind === 'linear' && shape[1]! % channels === 0);
  return hasHead
    ? ''
    : `: no dense layer reads the ${channels} channels of the last convolution, so that it gives no classes`;
}

function listNames(modules: FoundModule[]): string {
  const names = modules.slice(0, shown).map(({ name }) => `"${name}"`);
  return modules.length > shown ? `${names.join(', ')} and ${modules.length - shown} more` : names.join(', ');
}
