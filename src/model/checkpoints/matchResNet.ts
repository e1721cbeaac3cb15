import { type BlockLayout, buildBasicResNet } from '../architectures/buildBasicResNet';
import type { FoundModule } from './listModules';
import type { MatchedNetwork } from './matchPlainNet';

/** The same part in the names of torchvision and of others who build ResNets for CIFAR. */
const synonyms: [RegExp, string][] = [
  [/\.shortcut\.(?=[01]$)/, '.downsample.'],
  [/^(linear|classifier|head)$/, 'fc'],
];
const blockName = /^layer(\d+)\.(\d+)\.(conv[12]|bn[12]|downsample\.[01])$/;

/**
 * Recognises ResNets of basic blocks of any depth and widths by their names, torchvision's or those of others, and
 * ResNet-18 by the order and shapes of its weights: ImageNet's stem or CIFAR's, skips with a convolution or with padding.
 */
export function matchResNet(given: FoundModule[]): MatchedNetwork | null {
  const modules = hasKnownNames(given) ? given.map(withKnownName) : namedByOrder(given);
  if (!modules) return null;
  const byName = new Map(modules.map((module) => [module.known, module]));
  const stem = byName.get('conv1');
  const head = byName.get('fc');
  if (!stem || !head || !byName.has('bn1')) return null;
  const stages = listStages(byName);
  const count = 3 + stages.flat().reduce((sum, { skip }) => sum + (skip === 'convolution' ? 6 : 4), 0);
  if (stages.length === 0 || count !== modules.length) return null;
  const kind = stem.shape[2] === 7 ? 'imagenet' : 'cifar';
  const depth = 2 + 2 * stages.flat().length;
  return {
    architecture: `ResNet-${depth}${kind === 'cifar' ? ' for small images' : ''}`,
    usualImageSize: kind === 'imagenet' ? 224 : 32,
    moduleOf: new Map(modules.map(({ known, name }) => [known, name])),
    build: (imageSize) =>
      buildBasicResNet({
        name: `resnet${depth}`,
        imageSize,
        channels: stem.shape[1]!,
        classCount: head.shape[0]!,
        seed: 1,
        stem: kind,
        stemChannels: stem.shape[0]!,
        stages,
      }),
  };
}

interface NamedModule extends FoundModule {
  /** Its name in torchvision. */
  known: string;
}

function withKnownName(module: FoundModule): NamedModule {
  const known = synonyms.reduce((name, [pattern, replacement]) => name.replace(pattern, replacement), module.name);
  return { ...module, known };
}

function hasKnownNames(modules: FoundModule[]): boolean {
  return modules.some(({ name }) => blockName.test(name));
}

/** ResNet-18's names in the order in which PyTorch lists its weights. */
function namedByOrder(modules: FoundModule[]): NamedModule[] | null {
  const names = ['conv1', 'bn1'];
  for (let stage = 1; stage <= 4; stage++) {
    for (let block = 0; block < 2; block++) {
      names.push(...['conv1', 'bn1', 'conv2', 'bn2'].map((part) => `layer${stage}.${block}.${part}`));
      if (stage > 1 && block === 0) names.push(`layer${stage}.0.downsample.0`, `layer${stage}.0.downsample.1`);
    }
  }
  names.push('fc');
  const fits =
    modules.length === names.length &&
    modules.every(({ kind }, i) => {
      const known = names[i]!;
      if (known === 'fc') return kind === 'linear';
      return kind === (/conv|downsample\.0/.test(known) ? 'convolution' : 'batch normalisation');
    });
  return fits ? modules.map((module, i) => ({ ...module, known: names[i]! })) : null;
}

/** The blocks of every stage, as far as they follow one another without a gap. */
function listStages(byName: Map<string, FoundModule>): BlockLayout[][] {
  const stages: BlockLayout[][] = [];
  let entering = byName.get('conv1')!.shape[0]!;
  for (let stage = 1; byName.has(`layer${stage}.0.conv1`); stage++) {
    const blocks: BlockLayout[] = [];
    for (let block = 0; byName.has(`layer${stage}.${block}.conv1`); block++) {
      const name = `layer${stage}.${block}`;
      const inner = byName.get(`${name}.conv1`)!.shape[0]!;
      const outer = byName.get(`${name}.conv2`)?.shape[0] ?? 0;
      const isHalving = stage > 1 && block === 0;
      const skip = byName.has(`${name}.downsample.0`)
        ? 'convolution'
        : entering === outer && !isHalving
          ? 'identity'
          : 'padding';
      blocks.push({ inner, outer, stride: isHalving ? 2 : 1, skip });
      entering = outer;
    }
    stages.push(blocks);
  }
  return stages;
}
