import { expect, it } from 'vitest';
import { checkMemory } from './checkMemory';

/** 100 bytes, and 10 for every image; the largest piece is 5 for every image. */
const task = {
  name: 'Training',
  batchSize: 64,
  need: (batchSize: number) => ({ bytes: 100 + 10 * batchSize, largestTensorBytes: 5 * batchSize }),
};

it('lets work begin that fits, and work on a backend that does not tell', () => {
  expect(() => checkMemory([task], { bytes: 740, tensorBytes: 320 })).not.toThrow();
  expect(() => checkMemory([task], { bytes: null, tensorBytes: null })).not.toThrow();
});

it.each([
  [{ bytes: 739, tensorBytes: null }, 63],
  [{ bytes: 405, tensorBytes: null }, 30],
  [{ bytes: null, tensorBytes: 104 }, 20],
  [{ bytes: 110, tensorBytes: 5 }, 1],
])(
  'refuses work that cannot fit into %j before it begins, and names the largest batch that does: %i',
  (limits, largest) => {
    expect(() => checkMemory([task], limits)).toThrow(
      expect.objectContaining({
        code: 'exceeds-memory',
        hint: `Use batches of at most ${largest}, smaller images or a narrower network.`,
        details: { batchSize: 64, largestBatch: largest, bytes: 740 },
      }),
    );
  },
);

it('says so when not even one image fits', () => {
  expect(() => checkMemory([task], { bytes: 109, tensorBytes: null })).toThrow(
    expect.objectContaining({ hint: 'Not even one image fits: use smaller images or a narrower network.' }),
  );
});
