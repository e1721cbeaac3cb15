import { useState } from 'react';
import { DropZone } from 'react-aria-components';
import { excludedLines } from '../../../../fairness/report/writeAudit';
import { readDropItems } from '../../../files/readDropItems';
import { useIsBusy } from '../../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../../store/LabProvider';
import { stageResult } from '../../../store/stage';
import { FilePicker } from '../../../ui/FilePicker';
import { Note } from '../../../ui/Note';
import { StageError } from '../../../ui/StageError';
import { Toggles } from '../../../ui/Toggles';
import { AnalysisFigures } from '../../analysis/AnalysisFigures';
import styles from './Predictions.module.css';

/** An audit of a file of predictions: no model and no image is needed. */
export function PredictionsAudit() {
  const result = useLab(({ stages }) => stageResult(stages.audit));
  const settings = useLab((state) => state.settings.audit);
  const [chosen, setChosen] = useState<string | null>(null);
  if (!result) {
    return (
      <>
        <StageError stage="audit" />
        <DropPredictions />
      </>
    );
  }
  const { audits, excluded } = result;
  const shown = audits.find(({ attribute }) => attribute === chosen) ?? audits[0]!;
  return (
    <>
      <StageError stage="audit" />
      {excludedLines(excluded).map((line) => (
        <Note key={line}>{line}</Note>
      ))}
      <AnalysisFigures
        analysis={shown.analysis}
        controls={
          audits.length > 1 ? (
            <Toggles
              label="Sensitive attribute"
              value={shown.attribute}
              options={audits.map(({ attribute }) => ({ value: attribute, label: attribute }))}
              onChange={setChosen}
            />
          ) : null
        }
        names={{ before: settings?.baselineName ?? 'Baseline', after: settings?.fileName ?? 'Model' }}
      />
    </>
  );
}

function DropPredictions() {
  const { choosePredictions } = useLabActions();
  const isBusy = useIsBusy();
  const fileName = useLab((state) => state.settings.audit?.fileName ?? null);
  return (
    <DropZone
      className={styles.drop}
      aria-label="Drop a CSV of predictions here"
      isDisabled={isBusy}
      onDrop={({ items }) => {
        void readDropItems(items).then(([first]) => (first ? choosePredictions('model', first.file) : undefined));
      }}
    >
      <h3>{fileName ?? 'Audit any model’s predictions'}</h3>
      <p>
        {fileName
          ? 'Say beside this what its columns hold, then start the audit.'
          : 'Drop a CSV here: one row per sample with its label, the predicted class and a sensitive attribute, perhaps scores (score_<class>) and the patient. No model and no image is needed.'}
      </p>
      <FilePicker
        label={fileName ? 'Choose another file' : 'Choose a file'}
        accept={['.csv', '.tsv', '.txt']}
        isDisabled={isBusy}
        onFiles={([first]) => {
          if (first) void choosePredictions('model', first.file);
        }}
      />
    </DropZone>
  );
}
