import type { RunRecord } from './runRecord';

/** Two words for wherever there is no room for a sentence. */
export const notComputedHere = 'not computed here';

/** A sentence for wherever results of a run are shown; null when all of them were computed here. */
export function describeOrigin({ origin }: Pick<RunRecord, 'origin'>): string | null {
  if (!origin) return null;
  const day = new Date(origin.at).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
  return origin.kind === 'merged'
    ? `Not all computed here: looks at the test split were read from a file on ${day}. ${proof}`
    : `Not computed here: this run was read from a file on ${day}. ${proof}`;
}

const proof =
  'F1, gaps and FATE follow from the counts in the file; intervals, noise floors and scores are as the file says.';
