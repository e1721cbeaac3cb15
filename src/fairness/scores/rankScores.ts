/** Positions of samples: 16 bits where they suffice, since a replicate reads all of them for every class. */
export type Positions = Uint16Array | Int32Array;

/**
 * Who is above whom by the score of one class: all that an AUC needs, under any weights. Samples of the class are its
 * positives, all others its negatives.
 */
export interface ScoreRanking {
  /** Samples of other classes, by ascending score. */
  negatives: Positions;
  /** Samples of the class, by ascending score. */
  positives: Int32Array;
  /** How many negatives score below each positive. */
  below: Int32Array;
  /** How many negatives score below each positive or the same. */
  upTo: Int32Array;
}

/**
 * Ranks the samples by the score of one class.
 *
 * @param scores row-major [n, classCount]
 * @param labels class of each sample
 */
export function rankScores(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  classCount: number,
  k: number,
): ScoreRanking {
  // Loops over typed arrays: there may be millions of scores.
  const n = labels.length;
  let positiveCount = 0;
  for (let i = 0; i < n; i++) if (labels[i] === k) positiveCount++;
  const positives = new Int32Array(positiveCount);
  const negativeSamples = new Int32Array(n - positiveCount);
  const sorted = new Float64Array(n - positiveCount);
  for (let i = 0, p = 0, q = 0; i < n; i++) {
    if (labels[i] === k) {
      positives[p++] = i;
    } else {
      sorted[q] = scores[i * classCount + k]!;
      negativeSamples[q++] = i;
    }
  }
  // Sorting numbers and finding each sample's place is several times as fast as sorting samples by a function.
  sorted.sort();
  const scoreOf = (i: number) => scores[i * classCount + k]!;
  const taken = new Int32Array(sorted.length);
  const negatives = n <= 2 ** 16 ? new Uint16Array(sorted.length) : new Int32Array(sorted.length);
  for (let q = 0; q < negativeSamples.length; q++) {
    const place = countBelow(sorted, scoreOf(negativeSamples[q]!));
    negatives[place + taken[place]!++] = negativeSamples[q]!;
  }
  positives.sort((a, b) => scoreOf(a) - scoreOf(b));
  return {
    negatives,
    positives,
    below: positives.map((i) => countBelow(sorted, scoreOf(i))),
    upTo: positives.map((i) => countUpTo(sorted, scoreOf(i))),
  };
}

/** How many of the ascending values are below a value. */
function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the ascending values are below a value or the same. */
function countUpTo(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
