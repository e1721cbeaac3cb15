import Papa from 'papaparse';
import type { ChannelScores } from '../snnl/snnlOptions';
import type { RunRecord } from './runRecord';

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
 * index in the model that the run started with; a pruned channel has no row after the round that removed it.
 */
export function scoresCsv(record: RunRecord): string {
  const rows: ScoreRow[] = scoreRows('unpruned', 0, record.baseline.scores, new Map());
  for (const { arm, rounds } of record.arms) {
    const prunedIn = new Map(
      rounds.flatMap(({ round, prunedOriginal }) => prunedOriginal.map((channel) => [channel, round])),
    );
    for (const { round, scoresAfter } of rounds) rows.push(...scoreRows(arm, round, scoresAfter, prunedIn));
  }
  return Papa.unparse(rows, { newline: '\n' });
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
