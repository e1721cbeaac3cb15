import { beforeAll, describe, expect, it } from 'vitest';
import type { FileStore } from '../../artifacts/fileStore';
import { faults } from '../faultyFileStore';
import { copyStore, createFaultBench, type FaultBench } from './faultBench';
import { decays, type Holdings, kindsOf, letRot, prepareRot, takeHoldings } from './rot';
import { scenarios } from './scenarios';
import { findReference, strike } from './strike';

/** A sample; `npm run faults` does all. Each fault strikes at other operations, so that together they cover many. */
const strikesPerFault = 2;

let bench: FaultBench;

beforeAll(async () => {
  bench = await createFaultBench();
});

describe('a store that fails, tears, fills or dies', () => {
  for (const scenario of scenarios) {
    it(`costs nothing that had finished, and nothing twice: ${scenario.name}`, async () => {
      const reference = await findReference(scenario, bench);
      expect(reference.operations).toBeGreaterThan(0);
      for (const [turn, fault] of faults.entries()) {
        for (let nth = 0; nth < strikesPerFault; nth++) {
          const share = (nth + (turn + 0.5) / faults.length) / strikesPerFault;
          const operation = 1 + Math.floor(share * reference.operations);
          const { told, problems } = await strike(scenario, bench, reference, { fault, operation });
          expect({ fault, operation, told, problems }).toMatchObject({ problems: [] });
        }
      }
    }, 120_000);
  }
});

describe('a bit that flips in a stored file', () => {
  let prepared: FileStore;
  let before: Holdings;
  let paths: string[];

  beforeAll(async () => {
    prepared = await prepareRot(bench);
    before = await takeHoldings(bench.open(await copyStore(prepared)), bench);
    paths = await kindsOf(prepared);
  });

  it('is named or mended in every kind of file, and never gives other numbers', async () => {
    expect(paths.length).toBeGreaterThan(5);
    for (const [nth, path] of paths.entries()) {
      // Two decays per kind of file, in turns.
      for (const decay of [decays[nth % decays.length]!, decays[(nth + 2) % decays.length]!]) {
        expect(await letRot(bench, prepared, before, { path, decay })).toMatchObject({ problems: [] });
      }
    }
  }, 120_000);
});
