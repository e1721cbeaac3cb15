import type { ExportFormat, LabModel, SilencedSlices } from '../labModel';
import { networkCost } from '../network/layerCost';
import { type LayerWeight, layerWeights, sizeOf } from '../network/layerWeights';
import { isHeldAtZero } from './weightMask';

/** A weight of which elements are held at zero, by silenced slices, by a mask, or by both. */
export interface HeldWeight extends LayerWeight {
  /** 1 for every element that is held at zero, 0 for the others, in the order of the weight's values. */
  held: Uint8Array;
}

/** All that a model holds at zero, weight by weight, in the order of the network. */
export function heldZeros({ network, silenced = [], weightMasks = [] }: LabModel): HeldWeight[] {
  const keyOf = ({ layer, weight }: { layer: string; weight: string }) => `${layer}/${weight}`;
  const keys = new Set([...silenced, ...weightMasks].map(keyOf));
  if (keys.size === 0) return [];
  return network.layers.flatMap((layer) =>
    layerWeights(layer).flatMap((weight) => {
      const key = keyOf({ layer: layer.name, weight: weight.name });
      if (!keys.has(key)) return [];
      const held = new Uint8Array(sizeOf(weight.shape));
      for (const slices of silenced) if (keyOf(slices) === key) holdSlices(held, weight.shape, slices);
      for (const mask of weightMasks) {
        if (keyOf(mask) === key) for (let i = 0; i < held.length; i++) if (isHeldAtZero(mask, i)) held[i] = 1;
      }
      return [{ ...weight, held }];
    }),
  );
}

function holdSlices(held: Uint8Array, shape: number[], { axis, positions }: SilencedSlices): void {
  const silent = new Set(positions);
  const inner = sizeOf(shape.slice(axis + 1));
  for (let i = 0; i < held.length; i++) if (silent.has(Math.floor(i / inner) % shape[axis]!)) held[i] = 1;
}

/** How many numbers of a model are held at zero. */
export function countHeldZeros(model: LabModel): number {
  return heldZeros(model).reduce((sum, { held }) => sum + held.reduce((count, bit) => count + bit, 0), 0);
}

/**
 * How many weights masks hold at zero, of how many, and what an exported file keeps of that, in words; null when there are
 * none.
 */
export function explainHeldZeros(model: LabModel, format: ExportFormat): string | null {
  const count = countHeldZeros(model);
  if (count === 0) return null;
  const kept =
    format === 'pytorch'
      ? 'The masks are not in this file: whatever trains the network on from it, the lab included, fills these weights again.'
      : 'lab.json keeps the masks for the lab; whatever else trains the network on fills these weights again.';
  return `${count} of ${networkCost(model.network).parameters} weights are zero because masks hold them there. ${kept}`;
}
