import { type DatasetFinding, type FindingKind, findingSentences } from '../datasetFinding';

const maxExamples = 10;

/** Collects what is noticed: counts everything, keeps the first few examples of each kind. */
export interface FindingLog {
  note(kind: FindingKind, example: string): void;
  count(kind: FindingKind): number;
  list(): DatasetFinding[];
}

export function createFindingLog(): FindingLog {
  const found = new Map<FindingKind, { count: number; examples: string[] }>();
  return {
    note(kind, example) {
      const known = found.get(kind) ?? { count: 0, examples: [] };
      known.count++;
      if (known.examples.length < maxExamples) known.examples.push(example);
      found.set(kind, known);
    },
    count: (kind) => found.get(kind)?.count ?? 0,
    list: () =>
      [...found].map(([kind, { count, examples }]) => ({
        kind,
        message: findingSentences[kind](count),
        count,
        examples,
      })),
  };
}
