import { expect, it } from 'vitest';
import { emptyInventory } from '../engine/protocol/emptyInventory';
import type { Inventory } from '../engine/protocol/jobMap';
import { completeRunConfig } from '../recipe/runConfig';
import { printForecast, printRepairs } from './printStore';
import { fakeLab } from './testing/fakeLab';
import { recordedOutput } from './testing/recordedOutput';

const MiB = 2 ** 20;
const labWith = (found: Partial<Inventory>) => fakeLab({ listInventory: () => ({ ...emptyInventory, ...found }) }).lab;

it('says in one line what the check of the store put right, and nothing where all was well', async () => {
  const { output, texts, events } = recordedOutput();
  await printRepairs(labWith({}), output);
  expect([texts, events]).toEqual([[], []]);
  const sentences = ['The model m was cut off while it was stored, and was removed.', 'The run r was mended.'];
  await printRepairs(labWith({ repaired: [sentences[0]!], runNotes: [sentences[1]!] }), output);
  expect(texts).toEqual([`The check of the store put right what was cut off or damaged: ${sentences.join(' ')}`]);
  expect(events).toEqual([{ kind: 'storeRepaired', sentences }]);
});

it('says what a run will store at most beside the room that is left', async () => {
  const run = completeRunConfig({ pruning: { rounds: 10 }, fineTune: { epochs: 0 }, arms: ['snnl', 'random'] });
  const storage = { usedBytes: 100 * MiB, quotaBytes: 130 * MiB, isPersistent: true };
  const { output, texts, events } = recordedOutput();
  // 2 MiB of float32, for 10 rounds of 2 arms.
  await printForecast(labWith({ storage }), { parameters: 2 ** 19 }, run, output);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain('The run stores up to 40 MiB: 40 MiB for the models');
  expect(texts[0]).toContain('30 MiB are free. That is tight');
  const forecast = { modelBytes: 40 * MiB, checkpointBytes: 0 };
  expect(events).toEqual([{ kind: 'storageForecast', ...forecast, freeBytes: 30 * MiB }]);
});
