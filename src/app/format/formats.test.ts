import { describe, expect, it } from 'vitest';
import { formatCount, formatFixed, formatFull, formatNumber, formatPercent } from './formatNumber';
import { formatBytes, formatDuration, formatLargeCount } from './formatQuantity';

describe('formatNumber', () => {
  it('keeps three significant digits and writes a true minus', () => {
    expect(formatNumber(0.123456)).toBe('0.123');
    expect(formatNumber(-0.05)).toBe('−0.0500');
    expect(formatNumber(12345.6)).toBe('12,300');
    expect(formatNumber(0)).toBe('0');
  });
  it('writes very small numbers with an exponent', () => {
    expect(formatNumber(0.0000123)).toBe('1.23e−5');
  });
  it('writes a dash for what is not a number', () => {
    expect(formatNumber(Number.NaN)).toBe('–');
    expect(formatNumber(null)).toBe('–');
  });
});

describe('other formats', () => {
  it('never writes minus zero', () => expect(formatFixed(-0.0001, 3)).toBe('0.000'));
  it('groups digits of counts', () => expect(formatCount(-1234567)).toBe('−1,234,567'));
  it('writes shares as percentages', () => expect(formatPercent(0.02)).toBe('2.00 %'));
  it('keeps every digit for hover', () => expect(formatFull(-0.123456789)).toBe('−0.123456789'));
  it('writes bytes in powers of 1024', () => expect(formatBytes(1536)).toBe('1.50 KiB'));
  it('writes large counts short', () => expect(formatLargeCount(1_234_567)).toBe('1.23 M'));
  it('writes durations in the unit a person would use', () => {
    expect([8_400, 120_000, 7_260_000].map(formatDuration)).toEqual(['8 s', '2 min', '2 h 1 min']);
  });
});
