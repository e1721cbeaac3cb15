import { describe, expect, it } from 'vitest';
import { findTrainingWarning } from './findTrainingWarning';
import type { EpochRecord } from './trainSettings';

const epoch = (validationLoss: number): EpochRecord => ({
  epoch: 1,
  learningRate: 0.1,
  trainLoss: 1,
  validationLoss,
  validationAccuracy: 0.5,
});
const look = { loss: 0.5, predicted: [0, 1, 1, 0], labels: [0, 1, 0, 1], classCount: 2 };

describe('findTrainingWarning', () => {
  it('finds nothing wrong with predictions of several classes and a loss near its lowest', () => {
    expect(findTrainingWarning(look, [])).toBeNull();
    expect(findTrainingWarning(look, [epoch(0.4)])).toBeNull();
  });

  it('names predictions that are all of one class', () => {
    expect(findTrainingWarning({ ...look, predicted: [1, 1, 1, 1] }, [])).toBe('one-class');
  });

  it('does not mind one predicted class where the labels hold only one', () => {
    expect(findTrainingWarning({ ...look, predicted: [1, 1], labels: [1, 1] }, [])).toBeNull();
  });

  it('names a loss above three times its lowest, but not while it is below that of guessing', () => {
    expect(findTrainingWarning({ ...look, loss: 1.3 }, [epoch(0.9), epoch(0.4)])).toBe('loss-rose');
    expect(findTrainingWarning({ ...look, loss: 1.1 }, [epoch(0.9), epoch(0.4)])).toBeNull();
    // ln 2 = 0.693
    expect(findTrainingWarning({ ...look, loss: 0.69 }, [epoch(0.01)])).toBeNull();
  });
});
