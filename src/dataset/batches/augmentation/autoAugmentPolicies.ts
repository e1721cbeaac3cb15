/**
 * AutoAugment for CIFAR-10: Cubuk, Zoph, Mane, Vasudevan and Le 2019, "AutoAugment: Learning Augmentation Strategies from
 * Data", arXiv 1805.09501. The operations and ranges are its table of operations, the 25 sub-policies its list for
 * reduced CIFAR-10.
 */
export type OperationName =
  | 'ShearX'
  | 'ShearY'
  | 'TranslateX'
  | 'TranslateY'
  | 'Rotate'
  | 'AutoContrast'
  | 'Invert'
  | 'Equalize'
  | 'Solarize'
  | 'Posterize'
  | 'Contrast'
  | 'Color'
  | 'Brightness'
  | 'Sharpness';

/** An operation, how likely it is done, and its level, 0 … 9 (null where the operation has no strength). */
export type PolicyStep = readonly [name: OperationName, probability: number, level: number | null];

/** Each range is cut into ten bins by eleven edges. */
const levelCount = 10;

/**
 * Range of each strength, from the lower edge of level 0 to the upper edge of level 9. Null: no strength.
 *
 * Cubuk et al. do not say how a level becomes a number. Here level m is the bin between the edges m and m + 1 of eleven,
 * the strength is uniform in it, and the signs are part of the range: as in `auto_augment.py` of
 * github.com/ngessert/isic2019 (after 4uiiurz1/pytorch-auto-augment). The code published with SNNL-Fair imports a module
 * of that name, of which it holds only the compiled form, in transforms that otherwise follow the same repository.
 * Others take level m as one number, m/10 (tensorflow/models) or m/9 (torchvision) of the largest, with a random sign.
 */
export const strengthRanges: Record<OperationName, readonly [low: number, high: number] | null> = {
  /** Pixels per pixel. */
  ShearX: [-0.3, 0.3],
  ShearY: [-0.3, 0.3],
  /** Shares of the image's side: 150 of 331 pixels. */
  TranslateX: [-150 / 331, 150 / 331],
  TranslateY: [-150 / 331, 150 / 331],
  /** Degrees. */
  Rotate: [-30, 30],
  AutoContrast: null,
  Invert: null,
  Equalize: null,
  /** The threshold from which values are inverted. */
  Solarize: [0, 256],
  /** Bits kept, rounded. */
  Posterize: [4, 8],
  /** Factors; 1 leaves the image as it is. */
  Contrast: [0.1, 1.9],
  Color: [0.1, 1.9],
  Brightness: [0.1, 1.9],
  Sharpness: [0.1, 1.9],
};

/** The sub-policies 0 … 24: two steps each. */
// biome-ignore format: one sub-policy a line, as they are printed
export const cifar10Policies: readonly (readonly [PolicyStep, PolicyStep])[] = [
  [['Invert', 0.1, null], ['Contrast', 0.2, 6]],
  [['Rotate', 0.7, 2], ['TranslateX', 0.3, 9]],
  [['Sharpness', 0.8, 1], ['Sharpness', 0.9, 3]],
  [['ShearY', 0.5, 8], ['TranslateY', 0.7, 9]],
  [['AutoContrast', 0.5, null], ['Equalize', 0.9, null]],
  [['ShearY', 0.2, 7], ['Posterize', 0.3, 7]],
  [['Color', 0.4, 3], ['Brightness', 0.6, 7]],
  [['Sharpness', 0.3, 9], ['Brightness', 0.7, 9]],
  [['Equalize', 0.6, null], ['Equalize', 0.5, null]],
  [['Contrast', 0.6, 7], ['Sharpness', 0.6, 5]],
  [['Color', 0.7, 7], ['TranslateX', 0.5, 8]],
  [['Equalize', 0.3, null], ['AutoContrast', 0.4, null]],
  [['TranslateY', 0.4, 3], ['Sharpness', 0.2, 6]],
  [['Brightness', 0.9, 6], ['Color', 0.2, 8]],
  [['Solarize', 0.5, 2], ['Invert', 0, null]],
  [['Equalize', 0.2, null], ['AutoContrast', 0.6, null]],
  [['Equalize', 0.2, null], ['Equalize', 0.6, null]],
  [['Color', 0.9, 9], ['Equalize', 0.6, null]],
  [['AutoContrast', 0.8, null], ['Solarize', 0.2, 8]],
  [['Brightness', 0.1, 3], ['Color', 0.7, 0]],
  [['Solarize', 0.4, 5], ['AutoContrast', 0.9, null]],
  [['TranslateY', 0.9, 9], ['TranslateY', 0.7, 9]],
  [['AutoContrast', 0.9, null], ['Solarize', 0.8, 3]],
  [['Equalize', 0.8, null], ['Invert', 0.1, null]],
  [['TranslateY', 0.7, 9], ['AutoContrast', 0.9, null]],
];

/** Strength of a level. @param place where in the bin, 0 … 1. @returns 0 for an operation without strength */
export function strengthOf(name: OperationName, level: number | null, place: number): number {
  const range = strengthRanges[name];
  if (range === null || level === null) return 0;
  const [low, high] = range;
  return low + ((level + place) / levelCount) * (high - low);
}
