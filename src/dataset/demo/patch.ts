/**
 * A patch of skin as layers of what absorbs and scatters light in it, row-major [size, size]. Drawing adds to the layers;
 * only `developPatch` makes colours of them. Because absorption multiplies, the same lesion keeps the same contrast
 * relative to whatever skin it lies on.
 */
export interface Patch {
  size: number;
  /** Brown pigment beyond the skin's own, optical density. */
  melanin: Float32Array;
  /** Blood beyond the skin's own, optical density. */
  blood: Float32Array;
  /** Deep pigment and venous blood, which look blue-grey to purple, optical density. */
  blue: Float32Array;
  /** Neutral shade: light, pores, hair, grain; negative is brighter. Optical density. */
  shade: Float32Array;
  /** Share of the light that comes back from a pearly or scaly surface, 0 … 1. */
  veil: Float32Array;
}

export function createPatch(size: number): Patch {
  const layer = () => new Float32Array(size * size);
  return { size, melanin: layer(), blood: layer(), blue: layer(), shade: layer(), veil: layer() };
}
