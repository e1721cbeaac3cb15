import { useLab } from '../store/LabProvider';
import type { StageName } from '../store/labState';
import { ErrorView } from './ErrorView';
import { Note } from './Note';

/** How a stage's last job ended, when it did not end well. */
export function StageError({ stage }: { stage: StageName }) {
  const current = useLab(({ stages }) => stages[stage]);
  if (current.status === 'failed') return <ErrorView error={current.error} />;
  if (current.status === 'cancelled')
    return (
      <Note>
        {stage === 'prune'
          ? 'Cancelled. Every finished round is kept.'
          : 'Cancelled. What was there before is unchanged.'}
      </Note>
    );
  return null;
}
