import type { ArchitecturePlan } from '../../model/architectures/architecturePlan';
import {
  type ArchitectureName,
  type ArchitectureSpec,
  type ChannelCount,
  type HeadKind,
  hasDenseHead,
} from '../../model/labModel';

/** What the user has set of the network to train. The fields of the others stay while one is chosen. */
export interface ArchitectureSettings {
  /** `plan`: the user's own. */
  name: ArchitectureName | 'plan';
  widthMultiplier: number;
  head?: HeadKind;
  /** 1 for a network of grey images. */
  channels?: ChannelCount;
  plan: ArchitecturePlan;
}

/** The network that the settings ask for. */
export function architectureSpec(
  { name, widthMultiplier, head, channels, plan }: ArchitectureSettings,
  use: Pick<ArchitectureSpec, 'imageSize' | 'classCount' | 'seed'>,
): ArchitectureSpec {
  if (name === 'plan') return { plan, channels, ...use };
  return { name, channels, widthMultiplier, head: hasDenseHead(name) ? head : undefined, ...use };
}
