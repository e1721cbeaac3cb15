import { describe, expect, it } from 'vitest';
import { parseBenchOptions } from './benchOptions';

describe('parseBenchOptions', () => {
  it('takes five rounds of everything when nothing is said', () => {
    expect(parseBenchOptions([])).toEqual({
      only: '',
      reps: 5,
      quick: false,
      backend: null,
      strict: false,
      out: 'bench.json',
    });
  });

  it('reads every flag', () => {
    const args = ['--only', 'train', '--reps', '7', '--quick', '--backend', 'wasm', '--strict', '--out', 'a.json'];
    expect(parseBenchOptions(args)).toEqual({
      only: 'train',
      reps: 7,
      quick: true,
      backend: 'wasm',
      strict: true,
      out: 'a.json',
    });
  });

  it('refuses what it cannot do, in words', () => {
    expect(() => parseBenchOptions(['--reps', '2.5'])).toThrow('--reps takes a whole number from 1, not 2.5.');
    expect(() => parseBenchOptions(['--backend', 'webgl'])).toThrow('--backend takes wasm or webgpu, not webgl.');
    expect(() => parseBenchOptions(['--fast'])).toThrow('--fast');
  });
});
