import { describe, expect, it } from 'vitest';
import { createRandom } from '../foundation/random';
import { registryIdSchema } from '../foundation/registry';
import type { ImportanceFacts } from './importance';
import { importanceLabel, importances, prunesNothing } from './importances';

// Kernel [1, 2, 1, 3]: channel 0 has weights 1 and -2, channel 1 has 0.5 and 0, channel 2 has -4 and 1.
const facts = (): ImportanceFacts => ({
  channelCount: 3,
  scores: async () => [0.7, Number.NaN, -0.2],
  kernel: async () => ({ data: Float32Array.of(1, 0.5, -4, -2, 0, 1), shape: [1, 2, 1, 3] }),
  skewness: async () => [0.3, 0, 2],
  maps: async function* () {},
  random: createRandom(3, 'arm'),
});
const rank = (id: string) => importances.find(id).rank!(facts());

describe('the ranking of a layer', () => {
  it('is the score, and for the control its opposite', async () => {
    expect(await rank('snnl')).toEqual([0.7, Number.NaN, -0.2]);
    expect(await rank('highest-snnl')).toEqual([-0.7, Number.NaN, 0.2]);
  });

  it('is the sum of the absolute weights of each output channel', async () => {
    expect(await rank('lowest-l1')).toEqual([3, 0.5, 5]);
  });

  it('is the skewness of the maps as it was measured', async () => {
    expect(await rank('lowest-skewness')).toEqual([0.3, 0, 2]);
  });

  it('is one number per channel from the given stream', async () => {
    const stream = createRandom(3, 'arm');
    expect(await rank('random')).toEqual([stream.next(), stream.next(), stream.next()]);
  });

  it('is none for the arm that only fine-tunes', () => {
    expect(
      importances
        .list()
        .filter(({ rank: own }) => own === null)
        .map(({ id }) => id),
    ).toEqual(['fine-tune-only']);
    expect(prunesNothing('fine-tune-only')).toBe(true);
    expect(prunesNothing('snnl')).toBe(false);
    expect(prunesNothing('from-elsewhere')).toBe(false);
  });
});

describe('the registry', () => {
  it('keeps the ids that records have, in their order', () => {
    expect(importances.ids()).toEqual([
      'snnl',
      'random',
      'fine-tune-only',
      'lowest-l1',
      'highest-snnl',
      'lowest-skewness',
    ]);
  });

  it('refuses a second importance with an id that is taken, and an id that could be no file name', () => {
    const made = importances.find('random');
    expect(() => importances.register(made)).toThrowError(
      expect.objectContaining({ code: 'importance-doubled', details: { id: 'random' } }),
    );
    expect(() => importances.register({ ...made, id: '../random' })).toThrowError(
      expect.objectContaining({ code: 'config-invalid', details: { id: '../random' } }),
    );
  });

  it('refuses to find what is not registered, naming what is; its label is its id', () => {
    expect(() => importances.find('from-elsewhere')).toThrowError(
      expect.objectContaining({
        code: 'importance-not-found',
        message: expect.stringContaining('"from-elsewhere"'),
        hint: expect.stringContaining('snnl, random, fine-tune-only, lowest-l1, highest-snnl, lowest-skewness'),
      }),
    );
    expect(importanceLabel('from-elsewhere')).toBe('from-elsewhere');
    expect(importanceLabel('snnl')).toBe('SNNL-Fair');
  });

  it.each(['', 'A', 'a--b', '-a', 'a-', 'a/b', 'a~1', '..', 'a b', 'a'.repeat(65), 7])('%j is no id', (id) => {
    expect(registryIdSchema.safeParse(id).success).toBe(false);
  });
});
