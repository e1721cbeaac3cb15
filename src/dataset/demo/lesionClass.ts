import type { Random } from '../../foundation/random';
import type { Patch } from './patch';

/** A kind of lesion that the demo can draw. */
export interface LesionClass {
  name: string;
  /** Share of the lesions of light skin, and at bias 0 of all skin. */
  share: number;
  /** What bias 1 multiplies the share by on dark skin, before the shares are made to sum to 1. */
  darkSkinFactor: number;
  /**
   * Draws one lesion of this kind into a patch of skin.
   * @param contrast multiplies every difference from the skin; 1 = full
   */
  draw(patch: Patch, contrast: number, random: Random): void;
}
