import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { TrainingWarning } from '../../../training/trainSettings';
import { fakeRecord } from '../../testing/fakeData';
import { RoundWarnings } from './RoundWarnings';

afterEach(cleanup);

function shown(warnings: (TrainingWarning | null)[]): string {
  const record = fakeRecord();
  const [arm] = record.arms;
  const round = arm!.rounds[0]!;
  const history = warnings.map((warning, index) => ({
    epoch: index + 1,
    learningRate: 0.1,
    trainLoss: 1,
    validationLoss: 1,
    validationAccuracy: 0.2,
    warning,
  }));
  const warned = { ...record, arms: [{ ...arm!, rounds: [{ ...round, history }] }] };
  return render(<RoundWarnings record={warned} />).container.textContent ?? '';
}

it('tells what went wrong at the end of the latest fine-tuning, and in which round of which arm', () => {
  const text = shown([null, 'one-class']);
  expect(text).toMatch(/^SNNL-Fair, round 1: The model gives every validation image the same class\. .*learning rate/);
});

it('says nothing of a warning that has passed', () => {
  expect(shown(['one-class', null])).toBe('');
});
