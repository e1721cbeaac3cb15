import * as z from 'zod/mini';
import { parseVectors } from '../../foundation/parseVectors';
import { countToPrune, selectLowest } from '../../recipe/selectChannels';
import { createErrorTally, type ErrorTally } from './errorTally';
import type { VectorFile } from './vectorFile';

const name = 'prune_select.json';
const numbers = z.array(z.number());
const schema = z.object({
  counts: z.array(
    z.object({
      channels: z.number(),
      ratio: z.number(),
      floor: z.number(),
      round: z.number(),
      ceil: z.number(),
      max1round: z.number(),
    }),
  ),
  select: z.array(z.object({ id: z.string(), scores: numbers, n: z.number(), pruned: numbers })),
  iterativeStructural: z.array(
    z.object({
      id: z.string(),
      channels: z.number(),
      ratio: z.number(),
      rounds: z.array(
        z.object({
          scores: numbers,
          n: z.number(),
          prunedLocal: numbers,
          prunedOriginal: numbers,
          keptOriginal: numbers,
        }),
      ),
    }),
  ),
  iterativeMasked: z.array(
    z.object({ id: z.string(), rounds: z.array(z.object({ scores: numbers, n: z.number(), pruned: numbers })) }),
  ),
});
type PruneSelectVectors = z.infer<typeof schema>;

/** Counts and indices: they must be equal, not near. */
const exact = 0;

/** How many channels are pruned and which. */
export const pruneSelectVectors: VectorFile = {
  name,
  implementations: ['reference'],
  async check(json) {
    const vectors = parseVectors(schema, json, name);
    const tally = createErrorTally(exact);
    checkCounts(vectors, tally);
    for (const { id, scores, n, pruned } of vectors.select) {
      tally.begin(id);
      tally.compare('pruned', selectLowest(scores, n), pruned);
    }
    vectors.iterativeStructural.forEach((run) => checkStructuralRun(run, tally));
    vectors.iterativeMasked.forEach((run) => checkMaskedRun(run, tally));
    return tally.summary();
  },
  notChecked: [
    'Counts that would empty a layer, which the lab refuses; field "official", whose ties select fewer than asked for.',
  ],
};

function checkCounts({ counts }: PruneSelectVectors, tally: ErrorTally) {
  for (const { channels, ratio, floor, round, ceil, max1round } of counts) {
    const expected = [floor, round, ceil].map((count) => Math.max(1, count));
    if (Math.max(...expected) >= channels) continue;
    tally.begin(`${ratio} of ${channels}`);
    const facts = { channels, originalChannels: channels, ratio };
    const found = (['floor', 'half-up', 'ceil', 'of-original'] as const).map((rounding) =>
      countToPrune({ ...facts, rounding }),
    );
    tally.compare('count', found, [...expected, max1round]);
  }
}

function checkStructuralRun(run: PruneSelectVectors['iterativeStructural'][number], tally: ErrorTally) {
  let original = Array.from({ length: run.channels }, (_, channel) => channel);
  run.rounds.forEach(({ scores, n, prunedLocal, prunedOriginal, keptOriginal }, round) => {
    tally.begin(`${run.id} round ${round + 1}`);
    const facts = { channels: original.length, originalChannels: run.channels, ratio: run.ratio };
    tally.compare('count', [countToPrune({ ...facts, rounding: 'half-up' })], [n]);
    const pruned = selectLowest(scores, n);
    tally.compare('prunedLocal', pruned, prunedLocal);
    const prunedNames = pruned.map((channel) => original[channel]!);
    tally.compare('prunedOriginal', prunedNames, prunedOriginal);
    original = original.filter((channel) => !prunedNames.includes(channel));
    tally.compare('keptOriginal', original, keptOriginal);
  });
}

function checkMaskedRun(run: PruneSelectVectors['iterativeMasked'][number], tally: ErrorTally) {
  const masked = new Set<number>();
  run.rounds.forEach(({ scores, n, pruned }, round) => {
    tally.begin(`${run.id} round ${round + 1}`);
    const left = scores.map((score, channel) => (masked.has(channel) ? Number.NaN : score));
    const found = selectLowest(left, n);
    tally.compare('pruned', found, pruned);
    for (const channel of found) masked.add(channel);
  });
}
