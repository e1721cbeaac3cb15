/** How many channels a layer has that is published with so many, at this width; at least 1. */
export function channelsOf(published: number, widthMultiplier: number): number {
  return Math.max(1, Math.round(published * widthMultiplier));
}
