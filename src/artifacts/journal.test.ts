import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from './fileStore';
import { appendToJournal, readJournal } from './journal';
import { createMemoryFileStore } from './memoryFileStore';

const path = 'runs/1/journal';
let store: FileStore;

beforeEach(async () => {
  store = createMemoryFileStore();
  for (const round of [1, 2, 3]) await appendToJournal(store, path, { round });
});

describe('a journal', () => {
  it('gives its entries in the order they were written', async () => {
    expect(await readJournal(store, path)).toEqual({
      entries: [{ round: 1 }, { round: 2 }, { round: 3 }],
      damagedLines: 0,
    });
    expect(await readJournal(store, 'none')).toBeNull();
  });

  it('loses one entry at most to any bit that flips, and says so', async () => {
    const whole = (await store.read(path))!;
    for (let at = 0; at < whole.length; at++) {
      const rotten = whole.slice();
      rotten[at] = rotten[at]! ^ 1;
      await store.write(path, rotten);
      const { entries, damagedLines } = (await readJournal(store, path))!;
      // The newline between two entries stands twice; one of them can go without harm, or become a line of its own.
      expect(entries.length).toBeGreaterThanOrEqual(2);
      if (entries.length === 2) expect(damagedLines).toBeGreaterThanOrEqual(1);
      for (const entry of entries) expect([{ round: 1 }, { round: 2 }, { round: 3 }]).toContainEqual(entry);
    }
  });

  it('keeps what was there and what comes after a process died within an entry, wherever it died', async () => {
    const before = (await store.read(path))!;
    await appendToJournal(store, path, { round: 4 });
    const after = (await store.read(path))!;
    for (let length = before.length; length < after.length; length++) {
      await store.write(path, after.subarray(0, length));
      await appendToJournal(store, path, { round: 5 });
      const rounds = (await readJournal(store, path))!.entries.map((entry) => (entry as { round: number }).round);
      expect(rounds.filter((round) => round !== 4)).toEqual([1, 2, 3, 5]);
    }
  });
});
