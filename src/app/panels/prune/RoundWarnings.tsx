import { importanceLabel } from '../../../importance/importances';
import type { RunRecord } from '../../../recipe/runRecord';
import { Note } from '../../ui/Note';
import { trainingWarningTexts } from '../model/trainingWarningTexts';

/** What went wrong at the end of the latest fine-tuning of each arm, and what to do about it. */
export function RoundWarnings({ record }: { record: RunRecord }) {
  return record.arms.map(({ arm, rounds }) => {
    const latest = rounds.at(-1);
    const warning = latest?.history.at(-1)?.warning;
    if (!latest || !warning) return null;
    const { message, hint } = trainingWarningTexts[warning];
    return (
      <Note key={arm}>
        {importanceLabel(arm)}, round {latest.round}: {message} {hint}
      </Note>
    );
  });
}
