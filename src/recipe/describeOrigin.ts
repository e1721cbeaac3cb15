import type { RunRecord } from './runRecord';

type Marked = Pick<RunRecord, 'origin'>;

/** A few words for wherever there is no room for a sentence; empty when all results were computed here. */
export function originWords({ origin }: Marked): string {
  if (!origin) return '';
  return origin.kind === 'merged' ? 'not all computed here' : 'not computed here';
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
