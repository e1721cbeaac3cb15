import { describe, expect, it } from 'vitest';
import { ownershipContract } from '../testing/ownershipContract';
import { createLocalOwnership } from './ownership';

const patienceMs = 300;

describe('ownership among the jobs of one engine', () => {
  for (const { name, see, expected } of ownershipContract) {
    it(name, async () => {
      const ownership = createLocalOwnership(patienceMs);
      expect(await see(ownership, ownership)).toEqual(expected);
    });
  }

  it('is told by name', async () => {
    const ownership = createLocalOwnership(0);
    const refused = ownership.own('image-set/ab/c', () => ownership.share('image-set/ab/c', async () => undefined));
    await expect(refused).rejects.toMatchObject({
      code: 'in-use',
      message: 'The image set ab/c is in use by another tab or job of the lab.',
    });
  });
});
