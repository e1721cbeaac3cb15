import { writeCsvOf } from '../foundation/escape/writeCsv';
import type { ChannelScores } from '../snnl/snnlOptions';
import { originWords } from './describeOrigin';
import type { RunRecord } from './runRecord';

const columns = [
  'arm',
  'round',
  'layer',
  'channel',
  'score',
  'standard_error',
  'temperature',
  'pruned_in_round',
] as const;

interface ScoreRow {
  arm: string;
  round: number;
  layer: string;
  channel: number;
  score: number | null;
  standard_error: number | null;
  temperature: number | null;
  pruned_in_round: number | null;
}

/**
 * Every channel's score before the run (round 0) and after every round of every arm, as CSV. Channels are named by their
 * index in the model that the run started with; a pruned channel has no row after the round that removed it. A run that was
 * read from a file has one more column, which says so.
 */
export function scoresCsv(record: RunRecord): string {
  const rows: ScoreRow[] = scoreRows('unpruned', 0, record.baseline.scores, new Map());
  for (const { arm, rounds } of record.arms) {
    const prunedIn = new Map(
      rounds.flatMap(({ round, prunedOriginal }) => prunedOriginal.map((channel) => [channel, round])),
    );
    for (const { round, scoresAfter } of rounds) rows.push(...scoreRows(arm, round, scoresAfter, prunedIn));
  }
  if (!record.origin) return writeCsvOf(columns, rows);
  const origin = originWords(record);
  return writeCsvOf(
    [...columns, 'origin'],
    rows.map((row) => ({ ...row, origin })),
  );
}

function scoreRows(arm: string, round: number, scores: ChannelScores, prunedIn: Map<number, number>): ScoreRow[] {
  return scores.originalChannels.map((channel, i) => ({
    arm,
    round,
    layer: scores.layer,
    channel,
    score: finite(scores.scores[i]),
    standard_error: scores.standardErrors[i] ?? null,
    temperature: finite(scores.temperatures[i]),
    pruned_in_round: prunedIn.get(channel) ?? null,
  }));
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
