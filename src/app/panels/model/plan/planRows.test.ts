import { expect, it } from 'vitest';
import { parsePlan } from '../../../../model/architectures/architecturePlan';
import { planOverview } from './planRows';

it('gives each step’s words, output and cost, counted by hand, and the logits last', () => {
  const plan = parsePlan([
    { kind: 'convolution', filters: 4, kernel: 5, stride: 2, padding: 2, batchNorm: {} },
    { kind: 'max-pooling', size: 3, stride: 2, padding: 1 },
    { kind: 'flatten' },
    { kind: 'dense', units: 10, activation: 'none' },
  ]);
  const { rows, problem } = planOverview(plan, { imageSize: 16, classCount: 3 });
  expect(problem).toBeNull();
  expect(rows.map(({ number, label, words }) => `${number} ${label}: ${words}`)).toEqual([
    '1 Convolution: 4\u00a0×\u00a05×5, stride 2, padding 2, BatchNorm, ReLU',
    '2 Max pooling: 3×3, stride 2, padding 1',
    '3 Flatten: ',
    '4 Dense: 10 units',
    '5 Logits: dense, 3 classes',
  ]);
  // (16 + 4 - 5) / 2 + 1 = 8; (8 + 2 - 3) / 2 + 1 = 4; 4 · 4 · 4 = 64.
  expect(rows.map(({ outputShape }) => outputShape)).toEqual([[8, 8, 4], [4, 4, 4], [64], [10], [3]]);
  // 25 · 3 · 4 + 4 and 4 numbers of BatchNorm per channel; 64 · 10 + 10; 10 · 3 + 3.
  expect(rows.map(({ parameters }) => parameters)).toEqual([304 + 16, 0, 0, 650, 33]);
  expect(rows.map(({ macs }) => macs)).toEqual([64 * 300, 0, 0, 640, 30]);
});

it('names the step that does not fit, and leaves open what follows it', () => {
  const plan = parsePlan([{ kind: 'max-pooling', size: 8 }, { kind: 'max-pooling', size: 3 }, { kind: 'flatten' }]);
  const { rows, problem } = planOverview(plan, { imageSize: 16, classCount: 3 });
  expect(problem).toEqual({
    step: 2,
    message: 'Step 2: the maps are 2×2 here, too small for a pooling of 3.',
    hint: 'Take this pooling or one before it away, use a smaller size, or larger images.',
  });
  expect(rows.map(({ outputShape }) => outputShape)).toEqual([[2, 2, 3], null, null, null]);
});
