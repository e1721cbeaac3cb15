import { analysisCsv } from '../../../../fairness/report/analysisCsv';
import { writeAudit } from '../../../../fairness/report/writeAudit';
import { bounds, rangeOf } from '../../../../foundation/bounds';
import { downloadFile } from '../../../files/downloadFile';
import { useIsBusy } from '../../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../../store/LabProvider';
import type { AuditSettings } from '../../../store/labState';
import { stageResult } from '../../../store/stage';
import { Button } from '../../../ui/Button';
import { Choice } from '../../../ui/Choice';
import { FilePicker } from '../../../ui/FilePicker';
import { Note } from '../../../ui/Note';
import { NumberInput } from '../../../ui/NumberInput';
import { Panel } from '../../../ui/Panel';
import styles from './Predictions.module.css';
import { tableEndings } from './tableEndings';

const none = '(none)';
const byScores = '(by the scores)';

/** What the columns of the predictions hold, how thoroughly they are audited, and where the audit is saved. */
export function PredictionsInspector() {
  const audit = useLab(({ settings }) => settings.audit);
  if (!audit) return <Note>Choose a file of predictions first.</Note>;
  return (
    <>
      <Files audit={audit} />
      <Columns audit={audit} />
      <Thoroughness audit={audit} />
      <Save />
    </>
  );
}

function Files({ audit }: { audit: AuditSettings }) {
  const { choosePredictions, auditPredictions } = useLabActions();
  const isBusy = useIsBusy();
  const pick = (role: 'model' | 'baseline', label: string) => (
    <FilePicker
      label={label}
      accept={tableEndings}
      isDisabled={isBusy}
      onFiles={([first]) => {
        if (first) void choosePredictions(role, first.file);
      }}
    />
  );
  return (
    <Panel title={audit.fileName}>
      <Note>
        {audit.baselineName
          ? `Compared with ${audit.baselineName}, on the same samples in the same order.`
          : 'A baseline adds differences, FATE and the levelling-down check.'}
      </Note>
      <div className={styles.actions}>
        {pick('model', 'Other file')}
        {pick('baseline', audit.baselineName ? 'Other baseline' : 'Add a baseline')}
        <Button
          look="main"
          isDisabled={isBusy || audit.attributes.length === 0}
          onPress={() => void auditPredictions()}
        >
          Audit
        </Button>
      </div>
    </Panel>
  );
}

function Columns({ audit }: { audit: AuditSettings }) {
  const { changeSettings } = useLabActions();
  const isBusy = useIsBusy();
  // Other columns leave other things open.
  const change = (part: Partial<AuditSettings>) => changeSettings({ audit: { ...audit, answers: {}, ...part } });
  const options = audit.columns.map((name) => ({ value: name, label: name }));
  const optional = [{ value: none, label: none }, ...options];
  const [first = none, second = none] = audit.attributes;
  const withAttributes = (...names: string[]) => change({ attributes: names.filter((name) => name !== none) });
  return (
    <Panel title="Columns">
      <Choice
        label="Label"
        value={audit.label}
        options={options}
        isDisabled={isBusy}
        onChange={(label) => change({ label })}
      />
      <Choice
        label="Prediction"
        value={audit.prediction ?? byScores}
        options={[{ value: byScores, label: byScores }, ...options]}
        isDisabled={isBusy}
        onChange={(name) => change({ prediction: name === byScores ? null : name })}
      />
      <Choice
        label="Sensitive attribute"
        value={first}
        options={optional}
        isDisabled={isBusy}
        onChange={(name) => withAttributes(name, second)}
      />
      <Choice
        label="Second attribute"
        value={second}
        options={optional.filter(({ value }) => value !== first || value === none)}
        isDisabled={isBusy}
        onChange={(name) => withAttributes(first, name)}
      />
      <Choice
        label="Patient or lesion"
        value={audit.cluster ?? none}
        options={optional}
        isDisabled={isBusy}
        onChange={(name) => change({ cluster: name === none ? null : name })}
      />
      <NumberInput
        label="Threshold of a probability"
        title="Where one column of probabilities says what is predicted: from which one on."
        value={audit.threshold}
        {...rangeOf(bounds.threshold, 0.01)}
        step={0.01}
        decimals={2}
        isDisabled={isBusy}
        onChange={(threshold) => changeSettings({ audit: { ...audit, threshold } })}
      />
    </Panel>
  );
}

function Thoroughness({ audit }: { audit: AuditSettings }) {
  const { changeSettings } = useLabActions();
  const isBusy = useIsBusy();
  const { analysis } = audit;
  const change = (part: Partial<AuditSettings['analysis']>) =>
    changeSettings({ audit: { ...audit, analysis: { ...analysis, ...part } } });
  return (
    <Panel title="Uncertainty">
      <NumberInput
        label="Resamples"
        value={analysis.replicates}
        {...rangeOf(bounds.resamples)}
        isDisabled={isBusy}
        onChange={(replicates) => change({ replicates })}
      />
      <NumberInput
        label="Permutations"
        value={analysis.permutations}
        {...rangeOf(bounds.resamples)}
        isDisabled={isBusy}
        onChange={(permutations) => change({ permutations })}
      />
      <Choice
        label="Intervals"
        value={analysis.method}
        options={[
          { value: 'percentile', label: 'percentile' },
          { value: 'bca', label: 'BCa' },
        ]}
        isDisabled={isBusy}
        onChange={(method) => change({ method })}
      />
      <NumberInput
        label="Least samples of a group"
        value={analysis.minimumGroupSize}
        min={1}
        max={bounds.minimumGroupSize.most}
        isDisabled={isBusy}
        onChange={(minimumGroupSize) => change({ minimumGroupSize })}
      />
    </Panel>
  );
}

function Save() {
  const result = useLab(({ stages }) => stageResult(stages.audit));
  if (!result) return null;
  return (
    <Panel title="Save the audit">
      <div className={styles.actions}>
        <Button onPress={() => downloadFile('audit.csv', analysisCsv(result.audits), 'text/csv')}>CSV</Button>
        <Button onPress={() => downloadFile('audit.md', writeAudit(result, 'markdown'), 'text/markdown')}>
          Markdown
        </Button>
        <Button onPress={() => downloadFile('audit.json', JSON.stringify(result, null, 2), 'application/json')}>
          JSON
        </Button>
      </div>
    </Panel>
  );
}
