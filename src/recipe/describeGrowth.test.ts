import { expect, it } from 'vitest';
import { describeGrowth } from './describeGrowth';

const tail = { mode: 'tail' as const, parametersBefore: 273_658, parametersAfter: 277_100 };
const stage = { mode: 'stage' as const, parametersBefore: 273_658, parametersAfter: 262_000 };

it('a plan that makes the network larger says so, and what the other mode would give', () => {
  const text = describeGrowth(tail, stage);
  expect(text).toMatch(/^This makes the network larger, not smaller: 273,658 → 277,100 parameters\./);
  expect(text).toMatch(/Mode stage .*: 273,658 → 262,000 parameters/);
});

it('offers no other mode where none makes it smaller', () => {
  expect(describeGrowth(tail, { ...stage, parametersAfter: 280_000 })).not.toContain('Mode stage');
  expect(describeGrowth(tail, null)).not.toContain('Mode');
});

it('says nothing of a plan that does not', () => {
  expect(describeGrowth(stage, null)).toBeNull();
  expect(describeGrowth({ ...stage, parametersAfter: 273_658 }, null)).toBeNull();
});
