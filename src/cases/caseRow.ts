/** How an input was read, against how it should be read. `silent` is the one that must never be: other numbers, no word. */
export const verdicts = ['equal', 'asks', 'refused', 'unjudged', 'silent'] as const;
export type Verdict = (typeof verdicts)[number];

/** One input of a folder of cases. */
export interface CaseRow {
  /** Path inside the folder of cases. */
  file: string;
  /** The right reading, in short. */
  expected: string;
  /** What the lab made of it: numbers, the questions it puts, or its refusal. */
  got: string;
  verdict: Verdict;
}
