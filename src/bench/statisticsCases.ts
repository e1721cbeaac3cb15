import type { BenchCase, Work } from './benchCase';
import type { CaseSize } from './caseSize';

/** Bootstrap of the fairness table, on one core: against resampling and recounting in numpy, and what scores cost. */
export function statisticsCases(size: CaseSize): BenchCase[] {
  const [samples, classes, replicates] = size === 'full' ? ([25_000, 114, 2000] as const) : ([500, 5, 20] as const);
  const work = (scores: boolean, count: number): Work => ({
    kind: 'bootstrap',
    samples,
    classes,
    replicates: count,
    scores,
  });
  // One replicate of numpy is enough to know its pace.
  const scale = replicates;
  const words = `${samples} samples, ${classes} classes, ${replicates} replicates`;
  return [
    {
      name: 'bootstrap of the fairness table',
      variants: {
        counts: { runner: 'lab-wasm', work: work(false, replicates) },
        scores: { runner: 'lab-wasm', work: work(true, replicates) },
        numpyCounts: { runner: 'torch', work: work(false, 1) },
        numpyScores: { runner: 'torch', work: work(true, 1) },
      },
      rows: [
        {
          name: `Bootstrap of the table, numpy / ours (${words})`,
          over: 'numpyCounts',
          under: 'counts',
          scale,
          bar: null,
        },
        {
          name: `Bootstrap with AUC, numpy / ours (${words})`,
          over: 'numpyScores',
          under: 'scores',
          scale,
          bar: { atLeast: 10 },
        },
        { name: `Bootstrap with AUC, ECE, Brier / without (${words})`, over: 'scores', under: 'counts', bar: null },
      ],
    },
  ];
}
