import { expect, it } from 'vitest';
import { linePath, spreadLabels } from './linePath';

it('breaks the line where a point has no value', () => {
  expect(linePath([{ x: 0, y: 0 }, null, { x: 2, y: 1 }, { x: 3, y: 1 }])).toBe('M0.00,0.00M2.00,1.00L3.00,1.00');
});

it('moves labels apart, keeps their order and stays inside', () => {
  expect(spreadLabels([10, 12, 50], 14, 0, 100)).toEqual([10, 24, 50]);
  expect(spreadLabels([98, 99], 14, 0, 100)).toEqual([86, 100]);
});
