import type { RunRecord } from './runRecord';

type Marked = Pick<RunRecord, 'origin'>;

/** A few words for wherever there is no room for a sentence; empty when all results were computed here. */
export function originWords({ origin }: Marked): string {
  if (!origin) return '';
  return origin.kind === 'merged' ? 'not all computed here' : 'not computed here';
}

/** {@link originWords} for where results of several runs stand together: how many of them. */
export function originWordsOf(runs: readonly Marked[]): string {
  const words = runs.map(originWords).filter((each) => each !== '');
  if (words.length === 0) return '';
  const shared = words.every((each) => each === words[0]) ? words[0]! : 'not all computed here';
  return runs.length === 1 ? shared : `${words.length} of ${runs.length} runs ${shared}`;
}

/** Sentences for wherever results of a run are shown; null when all of them were computed here. */
export function describeOrigin({ origin }: Marked): string | null {
  if (!origin) return null;
  const day = new Date(origin.at).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  return origin.kind === 'merged'
    ? `Not all computed here: looks at the test split were read from a file on ${day}. ${proof}`
    : `Not computed here: this run was read from a file on ${day}. ${proof}`;
}

const proof =
  'F1, gaps and FATE follow from the counts in the file; intervals, noise floors and scores are as the file says.';
