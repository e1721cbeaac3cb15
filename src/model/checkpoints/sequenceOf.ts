import { isForeign, isNeeded } from './foreignModules';
import type { FoundModule } from './listModules';

/** A convolution or a dense layer, with the BatchNorm that belongs to it. */
export interface FoundStep {
  module: FoundModule;
  norm: FoundModule | null;
}

/** A state dict as a sequence of convolutions, of which each reads the one before, and dense layers. */
export interface FoundSequence {
  convolutions: FoundStep[];
  dense: FoundStep[];
}

/** Takes modules for a sequence, or says by null that they are none: branches, groups, or layers of other kinds. */
export function sequenceOf(modules: FoundModule[]): FoundSequence | null {
  const own = modules.filter((module) => !isForeign(module.name));
  const layers = own.filter(({ kind }) => kind === 'convolution' || kind === 'linear');
  const norms = own.filter(({ kind }) => kind === 'batch normalisation');
  const convolutions = layers.filter(({ kind }) => kind === 'convolution');
  if (
    convolutions.length === 0 ||
    own.some((module) => module.kind === 'other' && isNeeded(module)) ||
    !convolutions.every(readsTheOneBefore)
  )
    return null;
  const steps = stepsByPlace(own, layers) ?? stepsByCount(own, layers, norms);
  if (!steps || steps.some(hasSomethingBetween)) return null;
  return {
    convolutions: steps.filter(({ module }) => module.kind === 'convolution'),
    dense: steps.filter(({ module }) => module.kind === 'linear'),
  };
}

/** True for a convolution with one kernel for each of the channels that come in. */
export function isDepthwise({ shape }: FoundModule, channels: number | undefined): boolean {
  return shape[1] === 1 && channels !== undefined && channels > 1 && shape[0] === channels;
}

function readsTheOneBefore(module: FoundModule, index: number, all: FoundModule[]): boolean {
  const [, inputs, height, width] = module.shape;
  if (height !== width) return false;
  if (index === 0) return inputs === 3 || inputs === 1;
  const before = all[index - 1]!.shape[0];
  return inputs === before || isDepthwise(module, before);
}

/** Every BatchNorm stands right behind the layer that it normalises; null when one does not. */
function stepsByPlace(own: FoundModule[], layers: FoundModule[]): FoundStep[] | null {
  for (const [index, { kind, shape }] of own.entries()) {
    if (kind !== 'batch normalisation') continue;
    const before = own[index - 1];
    if (!before || !layers.includes(before) || before.shape[0] !== shape[0]) return null;
  }
  return layers.map((module) => {
    const next = own[own.indexOf(module) + 1];
    return { module, norm: next?.kind === 'batch normalisation' ? next : null };
  });
}

/**
 * As many BatchNorms as convolutions, or as all layers but the last, that are listed apart from them: each behind its layer.
 * One listed before it may normalise what the layer reads.
 */
function stepsByCount(own: FoundModule[], layers: FoundModule[], norms: FoundModule[]): FoundStep[] | null {
  const steps = layers.map((module, index) => ({ module, norm: norms[index] ?? null }));
  const convolutionCount = layers.filter(({ kind }) => kind === 'convolution').length;
  const fits = steps.every(
    ({ module, norm }) =>
      norm === null || (norm.shape[0] === module.shape[0] && own.indexOf(norm) > own.indexOf(module)),
  );
  return fits && (norms.length === convolutionCount || norms.length === layers.length - 1) ? steps : null;
}

/** True when numbers in the names leave room for a layer between a convolution and its BatchNorm, such as an activation. */
function hasSomethingBetween({ module, norm }: FoundStep): boolean {
  if (!norm) return false;
  const [from, to] = [placeOf(module), placeOf(norm)];
  return from !== null && to !== null && from.parent === to.parent && to.index !== from.index + 1;
}

/** The place of a module in an `nn.Sequential`, by its name; null for other names. */
export function placeOf({ name }: FoundModule): { parent: string; index: number } | null {
  const found = /^(.*?)(?:^|\.)(\d+)$/.exec(name);
  return found ? { parent: found[1]!, index: Number(found[2]) } : null;
}
