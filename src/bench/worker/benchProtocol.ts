import type { Runner, Work } from '../benchCase';

/** What a bench worker is asked. */
export type BenchRequest =
  | { do: 'start'; runner: Exclude<Runner, 'torch'> }
  /** Time of the work in ms: the mean of as many runs as fit into `leastMs`, at least one. Prepared at the first call. */
  | { do: 'measure'; work: Work; leastMs: number };

export interface BenchReply {
  id: number;
  result?: string | number;
  error?: string;
}
