import { paperTables } from '../../../../fairness/auditor/paperTables';
import { publishedAuditCsv, publishedAuditText } from '../../../../fairness/auditor/publishedAuditTable';
import { downloadFile } from '../../../files/downloadFile';
import { useLab, useLabActions } from '../../../store/LabProvider';
import { Button } from '../../../ui/Button';
import { FilePicker } from '../../../ui/FilePicker';
import { Note } from '../../../ui/Note';
import { Panel } from '../../../ui/Panel';
import { TextBox } from '../../../ui/TextBox';
import { TextInput } from '../../../ui/TextInput';
import styles from './Auditor.module.css';
import { FateCalculator } from './FateCalculator';
import { useTableAudit } from './useTableAudit';

/** Where a table is pasted or loaded, and where its audit is saved. */
export function TableAuditInspector() {
  const { text, baseline } = useLab(({ settings }) => settings.publishedTable);
  const { changeSettings } = useLabActions();
  const { audit } = useTableAudit();
  const change = (part: { text?: string; baseline?: string }) =>
    changeSettings({ publishedTable: { text, baseline, ...part } });
  return (
    <>
      <Panel title="The table">
        <TextBox
          label="CSV or Markdown, as printed"
          rows={10}
          value={text}
          onChange={(value) => change({ text: value })}
        />
        <div className={styles.actions}>
          <FilePicker
            label="Load a file"
            accept={['.csv', '.tsv', '.md', '.txt']}
            onFiles={([first]) => {
              if (first) void first.file.text().then((loaded) => change({ text: loaded }));
            }}
          />
          <Button onPress={() => change({ text: paperTables, baseline: '' })}>The paper’s tables</Button>
        </div>
        <TextInput label="Baseline method" value={baseline} onChange={(value) => change({ baseline: value })} />
        <Note>
          Columns are known by name: F1 Avg, F1 Diff, F1 dark, Eopp1, FATE Eopp1, Method, Table, Baseline. Without a
          baseline, the first row whose FATE is 0 is it. Keep trailing zeros: they say how a number was rounded.
        </Note>
      </Panel>
      {audit ? (
        <Panel title="Save the audit">
          <div className={styles.actions}>
            <Button onPress={() => downloadFile('table-audit.csv', publishedAuditCsv(audit), 'text/csv')}>CSV</Button>
            <Button
              onPress={() =>
                downloadFile('table-audit.md', publishedAuditText(audit, 'markdown', { all: true }), 'text/markdown')
              }
            >
              Markdown
            </Button>
          </div>
        </Panel>
      ) : null}
      <FateCalculator />
    </>
  );
}
