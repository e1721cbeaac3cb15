/** From and to: what a number can be. Both ends may be reached, unless it says otherwise. */
export interface Bound {
  readonly least: number;
  readonly most: number;
  readonly isWhole?: boolean;
  /** Ends that the number comes close to but never reaches. */
  readonly open?: 'least' | 'both' | 'most';
}

const whole = (least: number, most: number): Bound => ({ least, most, isWhole: true });
const from = (least: number, most: number): Bound => ({ least, most });
const above = (least: number, most: number): Bound => ({ least, most, open: 'least' });
const below = (least: number, most: number): Bound => ({ least, most, open: 'most' });
const between = (least: number, most: number): Bound => ({ least, most, open: 'both' });

/**
 * What every number among the settings can be: for schemas, forms and flags alike. Where no figure follows from what the
 * number means, the bound is far beyond any use, and there so that a slip of the hand is told before hours of work.
 */
export const bounds = {
  /** Seeds are whole numbers that float64 holds exactly. */
  seed: whole(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  share: from(0, 1),

  /** pr_c. */
  pruningRatio: between(0, 1),
  rounds: whole(1, 1000),
  /** th_acc: Avg F1 lies in 0 … 1, and so does its fall. */
  accuracyDrop: from(0, 1),
  /** th_fair: every criterion lies in 0 … 1. */
  fairnessGain: from(-1, 1),

  /** In pixel units; squared distances of whole maps are large. */
  temperature: above(0, 1e12),
  /** A batch with one image has no pairs. Every pair of its images is compared. */
  scoreBatch: whole(2, 4096),

  epochs: whole(0, 10_000),
  /** Epochs that must be at least one: of a step, of patience. */
  epochsOfStep: whole(1, 10_000),
  /** May be a part of an epoch. */
  warmUpEpochs: from(0, 10_000),
  trainBatch: whole(1, 4096),
  learningRate: above(0, 10),
  /** The rate that a cosine ends at. */
  lastLearningRate: from(0, 10),
  /** γ of a step; above 1 the rate rises. */
  rateFactor: above(0, 10),
  weightDecay: from(0, 1),
  gradientNorm: above(0, 1e6),
  lossFall: from(0, 100),
  /** Multiplies a loss that a method adds to the cross-entropy. */
  lossWeight: from(0, 1000),
  labelSmoothing: below(0, 1),
  dropout: below(0, 1),
  rotationDegrees: from(0, 180),
  scaleChange: below(0, 1),
  shearDegrees: from(0, 45),

  /** Resamples of a bootstrap, or permutations of a noise floor; 0 = none. */
  resamples: whole(0, 100_000),
  /** Of an interval, such as 0.95. */
  level: between(0, 1),
  /** λ of FATE. */
  lambda: from(0, 100),
  calibrationBins: whole(1, 1000),
  minimumGroupSize: whole(0, 1_000_000),
  /** From which probability on a class is predicted. */
  threshold: above(0, 1),

  demoImages: whole(60, 100_000),
  /** Side in pixels of images as they are stored. */
  imageSize: whole(16, 512),
  minimumClassSize: whole(1, 1_000_000),
  /** Only the proportions of the three splits count. */
  splitRatio: from(0, 1),
  /** Of a split that a run needs. */
  neededSplitRatio: above(0, 1),

  /** Multiplies the published channel counts. */
  width: above(0, 4),
  classes: whole(2, 10_000),
} as const satisfies Record<string, Bound>;

/** Most characters of a name: of a class, a group, a column, a model, a file with its folders. */
export const longestName = 4096;
/** Most entries of a list or a map of names in a settings file. */
export const longestList = 100_000;

/** A bound in words, to follow "must be": `a whole number from 1 to 1000`, `a number above 0 and at most 10`. */
export function describeBound({ least, most, isWhole, open }: Bound): string {
  if (isWhole) return `a whole number from ${least} to ${most}`;
  switch (open) {
    case 'least':
      return `a number above ${least} and at most ${most}`;
    case 'most':
      return `a number from ${least} to below ${most}`;
    case 'both':
      return `a number above ${least} and below ${most}`;
    default:
      return `a number from ${least} to ${most}`;
  }
}

export function isWithin({ least, most, isWhole, open }: Bound, value: number): boolean {
  if (isWhole ? !Number.isSafeInteger(value) : !Number.isFinite(value)) return false;
  const isAboveLeast = open === 'least' || open === 'both' ? value > least : value >= least;
  return isAboveLeast && (open === 'most' || open === 'both' ? value < most : value <= most);
}

/** What a field of a form takes. @param step the smallest number above an end that is never reached */
export function rangeOf({ least, most, open }: Bound, step = 1): { min: number; max: number } {
  return {
    min: open === 'least' || open === 'both' ? least + step : least,
    max: open === 'most' || open === 'both' ? most - step : most,
  };
}
