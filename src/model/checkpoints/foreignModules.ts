import type { FoundModule } from './listModules';

/** Names of what training keeps beside the network that predicts. */
const foreign =
  /(^|[._])(project(or|ion)|proj_head|predictor|prototypes|criterion|loss|losses|metrics?|acc|accuracy|auc|auroc|queue|discriminator|aux\w*)([._]|\d*$)/i;
/** Names of weights along one axis that change what a network computes: PReLU, normalisations, any in an nn.Sequential. */
const working = /(relu|act|norm|bn|gn|ln)|(^|\.)\d+$/i;

/** True for the name of a module or weight that says that it is no part of the network when it predicts. */
export function isForeign(name: string): boolean {
  return foreign.test(name);
}

/** True for a module that a network cannot be taken without, though no place in it is known. */
export function isNeeded({ name, kind }: FoundModule): boolean {
  if (kind === 'convolution' || kind === 'batch normalisation') return true;
  return kind === 'other' && working.test(name);
}
