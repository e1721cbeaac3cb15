import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { completeRunConfig } from '../recipe/runConfig';
import { goldenSurgery } from '../testing/goldenSurgery';
import { checkRoom } from './checkRoom';

const config = completeRunConfig({ pruning: { rounds: 1000 }, arms: ['snnl', 'random'] });
const { model } = goldenSurgery('vgg_bn_gap');
const check = (freeBytes: number) =>
  checkRoom(config, model, {
    storage: async () => ({ usedBytes: 500, quotaBytes: 500 + freeBytes, isPersistent: true }),
  });

it('refuses a run that clearly cannot be stored, and says how much there is', async () => {
  await expect(check(100)).rejects.toMatchObject({
    code: 'quota-exceeded',
    message: expect.stringMatching(/^1000 rounds of 2 arms store up to \d+ MiB, and 1 MiB are free\.$/),
    details: { freeBytes: 100 },
  });
});

it('lets a run begin that fits, or where nobody says how much room there is', async () => {
  await check(2 ** 40);
  await checkRoom(config, model, { storage: async () => null });
  await checkRoom(config, model, {});
});
