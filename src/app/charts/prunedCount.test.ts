import { describe, expect, it } from 'vitest';
import golden from '../../testing/golden/prune_select.json';
import { prunedCount } from './prunedCount';

describe('prunedCount', () => {
  it.each(golden.counts)('$channels channels at ratio $ratio: as the independent reference', (row) => {
    const within = (count: number) => Math.min(Math.max(1, count), Math.max(0, row.channels - 1));
    const count = (rounding: 'half-up' | 'floor' | 'ceil') =>
      prunedCount({ ratio: row.ratio, rounding }, row.channels, row.channels);
    expect(count('floor')).toBe(within(row.floor));
    expect(count('ceil')).toBe(within(row.ceil));
    expect(count('half-up')).toBe(within(row.max1round));
  });
  it('takes the share of the channels at the start when asked to', () => {
    expect(prunedCount({ ratio: 0.1, rounding: 'of-original' }, 50, 100)).toBe(10);
    expect(prunedCount({ ratio: 0.1, rounding: 'half-up' }, 50, 100)).toBe(5);
  });
});
