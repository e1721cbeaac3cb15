import fc from 'fast-check';
import { type PlanStep, parsePlan, plainActivations, type WrittenPlan } from '../model/architectures/architecturePlan';

const activation = fc.oneof(
  fc.constantFrom(...plainActivations),
  fc.record({ name: fc.constant('leaky-relu' as const), slope: fc.constantFrom(0, 0.01, 0.3) }),
);
const batchNorm = fc.constantFrom(null, { epsilon: 1e-5 }, { epsilon: 1e-3 });
const padding = fc.constantFrom('same' as const, 'valid' as const, 0, 1, 2, 3);
const weighted = { bias: fc.boolean(), batchNorm, activation };
const windowed = { kernel: fc.integer({ min: 1, max: 5 }), stride: fc.integer({ min: 1, max: 3 }), padding };
const pooled = { size: fc.integer({ min: 1, max: 4 }), stride: fc.integer({ min: 1, max: 3 }), padding };

const onMaps = fc.oneof<fc.Arbitrary<WrittenPlan[number]>[]>(
  fc.record({
    kind: fc.constant('convolution' as const),
    filters: fc.integer({ min: 1, max: 5 }),
    ...windowed,
    ...weighted,
  }),
  fc.record({ kind: fc.constant('depthwise-convolution' as const), ...windowed, ...weighted }),
  fc.record({ kind: fc.constant('max-pooling' as const), ...pooled }),
  fc.record({ kind: fc.constant('average-pooling' as const), ...pooled }),
  fc.record({ kind: fc.constant('dropout' as const), rate: fc.constantFrom(0, 0.5) }),
);
const reduction = fc.constantFrom<WrittenPlan[number]>(
  { kind: 'global-average' },
  { kind: 'global-max' },
  { kind: 'flatten' },
);
const onNumbers = fc.oneof<fc.Arbitrary<WrittenPlan[number]>[]>(
  fc.record({ kind: fc.constant('dense' as const), units: fc.integer({ min: 1, max: 6 }), ...weighted }),
  fc.record({ kind: fc.constant('dropout' as const), rate: fc.constantFrom(0, 0.5) }),
);

/** Plans in the right order; where maps get too small or a padding too large, they do not fit their images. */
export const randomPlan: fc.Arbitrary<PlanStep[]> = fc
  .tuple(fc.array(onMaps, { maxLength: 5 }), reduction, fc.array(onNumbers, { maxLength: 3 }))
  .map(([maps, reduced, numbers]) => [...parsePlan([...maps, reduced, ...numbers])]);

/** Any steps in any order. */
export const anySteps: fc.Arbitrary<PlanStep[]> = fc
  .array(fc.oneof(onMaps, reduction, onNumbers), { minLength: 1, maxLength: 6 })
  .map((steps) => [...parsePlan(steps)]);
