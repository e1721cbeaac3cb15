/** Random changes to training images. */
export interface AugmentationSettings {
  horizontalFlip: boolean;
  verticalFlip: boolean;
  /** Quarter turns, which need no interpolation. */
  quarterTurns: boolean;
  /** Largest relative change of brightness, for example 32/255. */
  brightness: number;
  /** Largest relative change of saturation. */
  saturation: number;
}
