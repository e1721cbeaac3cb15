import { useState } from 'react';
import type { TableSummary } from '../../../dataset/filesSummary';
import type { AuditedPredictions } from '../../../engine/protocol/jobMap';
import type { PredictionsColumns } from '../../../fairness/parsePredictionsTable';
import { type LabErrorData, toErrorData } from '../../../foundation/labError';
import { useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { ErrorView } from '../../ui/ErrorView';
import { Note } from '../../ui/Note';
import { Toggles } from '../../ui/Toggles';
import { AuditTables } from './AuditTables';
import styles from './mapping/MappingWizard.module.css';

const labelName = /^(label|label_value|y_true|target|true_label)$/i;
const predictionName = /^(prediction|predicted|predicted_label|y_pred|pred|score)$/i;
const sides = [
  { value: 'group0', label: 'Group 0' },
  { value: 'group1', label: 'Group 1' },
] as const;
const mostValues = 20;

/** The gap of any model's predictions, from a table alone: no images, no model. */
export function PredictionsAudit({ table }: { table: TableSummary }) {
  const { auditPredictions } = useLabActions();
  const names = table.columns.map(({ name }) => name);
  const first = (pattern: RegExp) => names.find((name) => pattern.test(name)) ?? '';
  const [label, setLabel] = useState(() => first(labelName));
  const [prediction, setPrediction] = useState(() => first(predictionName));
  const [group, setGroup] = useState(
    () => names.find((name) => !labelName.test(name) && !predictionName.test(name)) ?? '',
  );
  const [group0, setGroup0] = useState<string[]>([]);
  const [audited, setAudited] = useState<AuditedPredictions | null>(null);
  const [error, setError] = useState<LabErrorData | null>(null);
  const [isRunning, setRunning] = useState(false);
  const values = table.columns.find(({ name }) => name === group)?.values ?? [];
  const options = names.map((name) => ({ value: name, label: name }));
  const run = () => {
    const columns: PredictionsColumns = {
      label,
      prediction,
      group,
      ...(group0.length > 0 ? { group0Values: group0 } : {}),
    };
    setRunning(true);
    setAudited(null);
    auditPredictions(table.file, columns)
      .then(setAudited, (thrown) => setError(toErrorData(thrown, 'auditing the predictions')))
      .finally(() => setRunning(false));
    setError(null);
  };
  const place = (value: string, side: string) =>
    setGroup0(side === 'group0' ? [...group0, value] : group0.filter((each) => each !== value));
  return (
    <div className={`${styles.wizard} ${styles.predictions}`}>
      <form className={styles.form} aria-label="Predictions" onSubmit={(event) => event.preventDefault()}>
        <div className={styles.fields}>
          <Note>{table.file} holds predictions. They can be audited without images.</Note>
          <Choice label="True class" value={label} options={options} onChange={setLabel} />
          <Choice label="Predicted class" value={prediction} options={options} onChange={setPrediction} />
          <Choice
            label="Sensitive attribute"
            value={group}
            options={options}
            onChange={(name) => {
              setGroup(name);
              setGroup0([]);
            }}
          />
          <div className={styles.values}>
            {values.slice(0, mostValues).map(({ value }) => (
              <div key={value} className={styles.value}>
                <span>{value}</span>
                <Toggles
                  label={`Value ${value}`}
                  value={group0.includes(value) ? 'group0' : 'group1'}
                  options={sides}
                  onChange={(side) => place(value, side)}
                />
              </div>
            ))}
          </div>
        </div>
      </form>
      {error ? (
        <ErrorView error={error} />
      ) : audited ? (
        <AuditTables {...audited} />
      ) : (
        <Note>The table appears here.</Note>
      )}
      <div className={styles.foot}>
        <Button look="main" isDisabled={isRunning || group0.length === 0} onPress={run}>
          {isRunning ? 'Auditing …' : 'Audit these predictions'}
        </Button>
        {group0.length === 0 ? <span className={styles.problem}>Put at least one value into group 0.</span> : null}
      </div>
    </div>
  );
}
