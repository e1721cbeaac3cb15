/** One thing that was noticed of a user's data. `count` says how often, `examples` names the first few. */
export interface Finding<Kind extends string> {
  kind: Kind;
  message: string;
  count: number;
  examples: string[];
}

const maxExamples = 10;

/** Collects what is noticed: counts everything, keeps the first few examples of each kind. */
export interface FindingLog<Kind extends string> {
  /** @param count how often at once, with one example for all */
  note(kind: Kind, example: string, count?: number): void;
  /** Takes over what was noticed elsewhere. */
  copy(findings: readonly Finding<Kind>[]): void;
  count(kind: Kind): number;
  list(): Finding<Kind>[];
}

/** @param sentences of each kind, for so many of them */
export function createFindingLog<Kind extends string>(
  sentences: Readonly<Record<Kind, (count: number) => string>>,
): FindingLog<Kind> {
  const found = new Map<Kind, { count: number; examples: string[] }>();
  const add = (kind: Kind, examples: readonly string[], count: number) => {
    const known = found.get(kind) ?? { count: 0, examples: [] };
    known.count += count;
    known.examples.push(...examples.slice(0, maxExamples - known.examples.length));
    found.set(kind, known);
  };
  return {
    note: (kind, example, count = 1) => add(kind, [example], count),
    copy(findings) {
      for (const { kind, examples, count } of findings) add(kind, examples, count);
    },
    count: (kind) => found.get(kind)?.count ?? 0,
    list: () =>
      [...found].map(([kind, { count, examples }]) => ({ kind, message: sentences[kind](count), count, examples })),
  };
}
