import type { EpochRecord } from '../../../training/trainSettings';
import { Note } from '../../ui/Note';
import { trainingWarningTexts } from './trainingWarningTexts';

/** What went wrong in the latest epoch of a training, and what to do about it; nothing when it went well. */
export function TrainingWarnings({ history }: { history: readonly EpochRecord[] }) {
  const latest = history.at(-1);
  if (!latest?.warning) return null;
  const { message, hint } = trainingWarningTexts[latest.warning];
  return (
    <Note>
      Epoch {latest.epoch}: {message} {hint}
    </Note>
  );
}
