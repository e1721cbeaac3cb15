import type { ArchitectureSpec } from '../labModel';

/** How many channels a layer has that is published with so many, under the width of the spec; at least 1. */
export function channelsOf(published: number, { widthMultiplier }: ArchitectureSpec): number {
  return Math.max(1, Math.round(published * widthMultiplier));
}
