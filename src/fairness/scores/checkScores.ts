import { LabError } from '../../foundation/labError';

/** Rounded tables do not add up to 1 exactly; logits miss it by far. */
const largestSumError = 0.05;

/**
 * Checks that scores are class probabilities: one row per sample with a number from 0 to 1 for each class, which add up
 * to 1 within 0.05.
 *
 * @param scores row-major [n, classCount]
 * @throws LabError `predictions-invalid`, naming the first sample and class that is wrong, counted from 0
 */
export function checkScores(scores: ArrayLike<number>, n: number, classCount: number): void {
  if (scores.length !== n * classCount) {
    throw invalid(`There are ${scores.length} scores for ${n} samples and ${classCount} classes.`, {
      scores: scores.length,
      expected: n * classCount,
    });
  }
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let k = 0; k < classCount; k++) {
      const score = scores[i * classCount + k]!;
      // Not the other way round: NaN is neither.
      if (!(score >= 0 && score <= 1)) {
        throw invalid(`The score of class ${k} at position ${i} is ${score}; scores run from 0 to 1.`, {
          position: i,
          class: k,
          found: String(score),
        });
      }
      sum += score;
    }
    if (Math.abs(sum - 1) > largestSumError) {
      throw invalid(`The scores at position ${i} add up to ${sum}; they must add up to 1.`, { position: i, sum });
    }
  }
}

function invalid(message: string, details: Record<string, number | string>): LabError {
  return new LabError({
    code: 'predictions-invalid',
    message,
    hint: 'Give the class probabilities of every sample, as softmax makes them, or no scores at all. Positions count from 0.',
    details,
  });
}
