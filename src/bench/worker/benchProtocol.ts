import type { AdapterDescription } from '../../compute/describeAdapter';
import type { BrowserRunner, Work } from '../benchCase';

/** Tensors that are alive, and their bytes. */
export interface TensorMemory {
  tensors: number;
  bytes: number;
}

/** What a bench worker is asked. */
export type BenchRequest =
  /** The WebGPU adapter. */
  | { do: 'adapter' }
  /** To become a runner. Answers with its device. */
  | { do: 'start'; runner: BrowserRunner }
  /** Time of the work in ms: the mean of as many runs as fit into `leastMs`, at least one. Prepared at the first call. */
  | { do: 'measure'; work: Work; leastMs: number }
  /** Runs the recipe in so many rounds, once for each number, and says what is left after each run. */
  | { do: 'memory-after'; rounds: number[] };

/** What it answers. */
export interface BenchAnswers {
  adapter: AdapterDescription | null;
  start: string;
  measure: number;
  'memory-after': TensorMemory[];
}

export type BenchAnswer = BenchAnswers[BenchRequest['do']];

export type BenchReply = { id: number; answer: BenchAnswer } | { id: number; error: string };
