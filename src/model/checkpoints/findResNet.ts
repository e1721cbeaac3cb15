import type { Asker } from '../../foundation/openQuestion';
import {
  type BlockLayout,
  buildBasicResNet,
  type ResNetLayout,
  type StemLayout,
} from '../architectures/buildBasicResNet';
import { askActivation } from './askActivation';
import { askEpsilon, askNumbers } from './askNumber';
import { askReduction } from './askReduction';
import { askHeadActivation, chooseHead, findHeads } from './findHeads';
import { isForeign, isNeeded } from './foreignModules';
import type { FoundNetwork } from './foundNetwork';
import type { FoundModule } from './listModules';

/** The same part in the names of torchvision and of others who build ResNets for CIFAR. */
const shortcut = /\.shortcut\.(?=[01]$)/;
const blockPart = /^layer(\d+)\.(\d+)\.(conv[12]|bn[12]|downsample\.[01])$/;

interface NamedModule extends FoundModule {
  /** Its name in torchvision. */
  known: string;
}

/** A block as its weights show it. */
interface FoundBlock {
  inner: number;
  outer: number;
  hasConvolution: boolean;
}

/**
 * Recognises ResNets of basic blocks of any depth and widths by their names, torchvision's or those of others, and
 * ResNet-18 by the order and shapes of its weights. What stands before the names of the body is passed over.
 */
export function findResNet(modules: FoundModule[]): FoundNetwork | null {
  const first = modules.find(({ name }) => /(^|\.)layer1\.0\.conv1$/.test(name));
  const body = first ? bodyByName(modules, first.name.slice(0, -'layer1.0.conv1'.length)) : bodyByOrder(modules);
  const byName = new Map(body.map((module) => [module.known, module]));
  const stem = byName.get('conv1');
  const stages = listStages(byName);
  const count = 2 + stages.flat().reduce((sum, { hasConvolution }) => sum + (hasConvolution ? 6 : 4), 0);
  if (!stem || !byName.has('bn1') || stages.length === 0 || count !== body.length) return null;
  if (body.some(({ known, kind }) => kind !== kindOfPart(known))) return null;
  const rest = modules.filter(({ name }) => body.every((module) => module.name !== name));
  const channels = stages.at(-1)!.at(-1)!.outer;
  const linears = rest.filter((module) => module.kind === 'linear' && !isForeign(module.name));
  const heads = findHeads(linears, (inputs) => inputs === channels);
  const leftOver = rest.filter((module) => !heads.flat().includes(module) && !isForeign(module.name));
  if (heads.length === 0 || leftOver.some(isNeeded)) return null;
  const depth = 2 + 2 * stages.flat().length;
  const isLarge = stem.shape[2] === 7;
  return {
    architecture: `ResNet-${depth}${isLarge ? '' : ' for small images'}`,
    usualImageSize: isLarge ? 224 : 32,
    claimed: [...body, ...heads.flat()],
    plan(asker, imageSize) {
      if (!first) askLayout(asker, depth);
      const head = chooseHead(heads, asker);
      const layout: ResNetLayout = {
        name: `resnet${depth}`,
        imageSize,
        classCount: head.at(-1)!.shape[0]!,
        seed: 1,
        channels: stem.shape[1]!,
        stemChannels: stem.shape[0]!,
        activation: askActivation(asker, 'activation', 'Which activation follows the convolutions and additions?'),
        stem: askStem(asker, stem.shape[2]!),
        stages: askStrides(asker, stem.shape[0]!, stages),
        epsilon: askEpsilon(asker),
        pooling: askReduction(asker),
        hidden: {
          units: head.slice(0, -1).map(({ shape }) => shape[0]!),
          activation: askHeadActivation(asker, head),
        },
        biased: new Set(
          body.filter(({ kind, hasBias }) => kind === 'convolution' && hasBias).map(({ known }) => known),
        ),
      };
      const dense = head.map(({ name }, i): [string, string] => [i === head.length - 1 ? 'fc' : `fc${i + 1}`, name]);
      return {
        build: () => buildBasicResNet(layout),
        isAdaptive: false,
        moduleOf: () => new Map([...body.map(({ known, name }): [string, string] => [known, name]), ...dense]),
      };
    },
  };
}

/** The modules of stem and blocks; those that a block of this kind has not are among them under their own names. */
function bodyByName(modules: FoundModule[], prefix: string): NamedModule[] {
  return modules.flatMap((module): NamedModule[] => {
    if (!module.name.startsWith(prefix)) return [];
    const known = module.name.slice(prefix.length).replace(shortcut, '.downsample.');
    return known === 'conv1' || known === 'bn1' || known.startsWith('layer') ? [{ ...module, known }] : [];
  });
}

/** ResNet-18's names in the order in which PyTorch lists its weights; none when the modules are of other kinds. */
function bodyByOrder(modules: FoundModule[]): NamedModule[] {
  const names = ['conv1', 'bn1'];
  for (let stage = 1; stage <= 4; stage++) {
    for (let block = 0; block < 2; block++) {
      names.push(...['conv1', 'bn1', 'conv2', 'bn2'].map((part) => `layer${stage}.${block}.${part}`));
      if (stage > 1 && block === 0) names.push(`layer${stage}.0.downsample.0`, `layer${stage}.0.downsample.1`);
    }
  }
  const fits = names.every((known, i) => modules[i]?.kind === kindOfPart(known));
  return fits ? names.map((known, i) => ({ ...modules[i]!, known })) : [];
}

function kindOfPart(known: string): FoundModule['kind'] {
  return /conv|downsample\.0/.test(known) ? 'convolution' : 'batch normalisation';
}

/** The blocks of every stage, as far as they follow one another without a gap. */
function listStages(byName: Map<string, NamedModule>): FoundBlock[][] {
  const stages: FoundBlock[][] = [];
  for (let stage = 1; byName.has(`layer${stage}.0.conv1`); stage++) {
    const blocks: FoundBlock[] = [];
    for (let block = 0; byName.has(`layer${stage}.${block}.conv1`); block++) {
      const name = `layer${stage}.${block}`;
      blocks.push({
        inner: byName.get(`${name}.conv1`)!.shape[0]!,
        outer: byName.get(`${name}.conv2`)?.shape[0] ?? 0,
        hasConvolution: byName.has(`${name}.downsample.0`),
      });
    }
    stages.push(blocks);
  }
  const isWhole = [...byName.keys()].every((known) => !known.startsWith('layer') || blockPart.test(known));
  return isWhole ? stages : [];
}

function askLayout(asker: Asker, depth: number): void {
  asker.ask({
    key: 'layout',
    question: `The names say nothing; order and shapes are those of a ResNet-${depth}. Is it one?`,
    choices: [{ value: `resnet${depth}`, label: `yes, a ResNet-${depth} of basic blocks` }],
  });
}

function askStem(asker: Asker, kernel: number): StemLayout {
  const plain = { value: 'stride-1', label: 'stride 1, no pooling (as for CIFAR)' };
  const both = { value: 'stride-2-pool', label: 'stride 2, then 3×3 max pooling with stride 2 (as in torchvision)' };
  const stems = [
    ...(kernel > 3 ? [both, plain] : [plain, both]),
    { value: 'stride-1-pool', label: 'stride 1, then 3×3 max pooling with stride 2' },
    { value: 'stride-2', label: 'stride 2, no pooling' },
  ];
  const answer = asker.ask({
    key: 'stem',
    question: `How does the ${kernel}×${kernel} convolution at the beginning step, and what follows it?`,
    choices: stems,
  });
  return { kernel, stride: answer.startsWith('stride-2') ? 2 : 1, isPooled: answer.endsWith('-pool') };
}

/** @throws LabError `config-invalid` */
function askStrides(asker: Asker, entering: number, stages: FoundBlock[][]): BlockLayout[][] {
  const usual = stages.map((_, stage) => (stage === 0 ? 1 : 2)).join(',');
  const strides = askNumbers(
    asker,
    {
      key: 'strides',
      question: 'With which stride does each stage begin?',
      choices: [{ value: usual, label: `${usual} (as published)` }],
      otherwise: `${stages.length} whole numbers from 1 to 4, one per stage`,
    },
    { least: 1, most: 4, isWhole: true, count: stages.length },
  );
  let channels = entering;
  const laidOut = stages.map((blocks, stage) =>
    blocks.map(({ inner, outer, hasConvolution }, index): BlockLayout => {
      const stride = index === 0 ? strides[stage]! : 1;
      const isPlain = channels === outer && stride === 1;
      channels = outer;
      return { inner, outer, stride, skip: hasConvolution ? 'convolution' : isPlain ? 'identity' : 'padding' };
    }),
  );
  if (laidOut.flat().some(({ skip }) => skip === 'padding')) {
    asker.ask({
      key: 'skip',
      question: 'Skips have no weights where the number of channels grows. What do they do?',
      choices: [
        {
          value: 'zeros',
          label: 'take every second pixel, with channels of zeros on both sides (He et al., option A)',
        },
      ],
    });
  } else asker.waive('skip');
  return laidOut;
}
