/** Random changes to training images. Every strength of 0, and every `false`, switches its change off. */
export interface AugmentationSettings {
  horizontalFlip: boolean;
  verticalFlip: boolean;
  /** Quarter turns, which need no interpolation. */
  quarterTurns: boolean;
  /** Largest relative change of brightness, for example 32/255. */
  brightness: number;
  /** Largest relative change of saturation. */
  saturation: number;
  /** Largest rotation to either side, 0 … 180. */
  rotationDegrees: number;
  /** Largest relative change of size: 0.2 scales by 0.8 … 1.2. Below 1. */
  scaleChangeRatio: number;
  /** Largest shear along the rows to either side, 0 … 45. */
  shearDegrees: number;
  /** One of the 25 sub-policies for CIFAR-10, at the strengths of `autoAugmentPolicies.ts`. */
  autoAugment: boolean;
  /** Side of the black square relative to the image's side: 1/8 is 16 pixels at 128. */
  cutoutSideRatio: number;
}
