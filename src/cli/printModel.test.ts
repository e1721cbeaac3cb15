import { expect, it } from 'vitest';
import { fakeModel } from '../app/testing/fakeData';
import { printModel } from './printModel';
import { recordedOutput } from './testing/recordedOutput';

it('says how many weights masks hold at zero, of how many, and nothing where there are none', () => {
  const { output, texts, events } = recordedOutput();
  printModel({ ...fakeModel(), weightsHeldAtZero: 32_908 }, output);
  expect(texts).toContain('Held at zero: 32,908 of 94,022 weights');
  expect(events).toContainEqual(expect.objectContaining({ kind: 'modelSummary', weightsHeldAtZero: 32_908 }));
  const free = recordedOutput();
  printModel(fakeModel(), free.output);
  expect(free.texts.join('\n')).not.toContain('Held at zero');
});
