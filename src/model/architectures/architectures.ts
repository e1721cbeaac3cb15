import type { ArchitectureName } from '../labModel';
import type { Architecture } from './architecture';
import { resNet18 } from './resNet18';
import { smallCnn } from './smallCnn';
import { vgg11, vgg11Bn } from './vgg11';

/** Every architecture that can be trained from scratch. */
export const architectures: Record<ArchitectureName, Architecture> = {
  'small-cnn': smallCnn,
  vgg11,
  'vgg11-bn': vgg11Bn,
  resnet18: resNet18,
};
