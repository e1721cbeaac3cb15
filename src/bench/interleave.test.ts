import { describe, expect, it } from 'vitest';
import { interleave } from './interleave';

describe('interleave', () => {
  it('gives each variant one turn unmeasured, then one a round, each round beginning with the next', async () => {
    const turns: string[] = [];
    let clock = 0;
    const turn = (name: string) => async () => {
      turns.push(name);
      return ++clock;
    };
    const times = await interleave({ a: turn('a'), b: turn('b'), c: turn('c') }, 3);
    expect(turns.join('')).toBe('abc' + 'abc' + 'bca' + 'cab');
    expect(times).toEqual({ a: [4, 9, 11], b: [5, 7, 12], c: [6, 8, 10] });
  });

  it('stops at the first turn that fails', async () => {
    const failing = async () => Promise.reject(new Error('out of memory'));
    await expect(interleave({ a: async () => 1, b: failing }, 2)).rejects.toThrow('out of memory');
  });
});
