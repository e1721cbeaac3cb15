import { useState } from 'react';
import { DropZone } from 'react-aria-components';
import type { OpenQuestion } from '../../../../foundation/openQuestion';
import { readDropItems } from '../../../files/readDropItems';
import { useIsBusy } from '../../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../../store/LabProvider';
import { stageResult } from '../../../store/stage';
import { FilePicker } from '../../../ui/FilePicker';
import { QuestionForm } from '../../../ui/QuestionForm';
import { StageError } from '../../../ui/StageError';
import { Toggles } from '../../../ui/Toggles';
import { AnalysisFigures } from '../../analysis/AnalysisFigures';
import { AuditReading } from './AuditReading';
import styles from './Predictions.module.css';
import { tableEndings } from './tableEndings';

/** An audit of a file of predictions: no model and no image is needed. */
export function PredictionsAudit() {
  const result = useLab(({ stages }) => stageResult(stages.audit));
  const settings = useLab((state) => state.settings.audit);
  const [chosen, setChosen] = useState<string | null>(null);
  const questions = useOpenQuestions();
  if (questions) return <AuditQuestions questions={questions} />;
  if (!result) {
    return (
      <>
        <StageError stage="audit" />
        <DropPredictions />
      </>
    );
  }
  const { audits } = result;
  const shown = audits.find(({ attribute }) => attribute === chosen) ?? audits[0]!;
  return (
    <>
      <StageError stage="audit" />
      <AuditReading audit={result} />
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

/** What the file leaves open, when the last audit stopped for it. */
function useOpenQuestions(): readonly OpenQuestion[] | null {
  const stage = useLab(({ stages }) => stages.audit);
  const fileName = useLab(({ settings }) => settings.audit?.fileName);
  if (stage.status !== 'failed' || stage.error.details?.file !== fileName) return null;
  return stage.error.questions ?? null;
}

function AuditQuestions({ questions }: { questions: readonly OpenQuestion[] }) {
  const { changeSettings, auditPredictions } = useLabActions();
  const audit = useLab(({ settings }) => settings.audit);
  const isBusy = useIsBusy();
  if (!audit) return null;
  return (
    <QuestionForm
      key={questions.map(({ key }) => key).join()}
      about={audit.fileName}
      questions={questions}
      isDisabled={isBusy}
      action="Audit with these answers"
      onAnswer={(answers) => {
        changeSettings({ audit: { ...audit, answers: { ...audit.answers, ...answers } } });
        void auditPredictions();
      }}
    />
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
          : 'Drop a table here: one row per sample with its label, the predicted class (or one column of probabilities) and a sensitive attribute, perhaps scores (score_<class>) and the patient. No model and no image is needed.'}
      </p>
      <FilePicker
        label={fileName ? 'Choose another file' : 'Choose a file'}
        accept={tableEndings}
        isDisabled={isBusy}
        onFiles={([first]) => {
          if (first) void choosePredictions('model', first.file);
        }}
      />
    </DropZone>
  );
}
