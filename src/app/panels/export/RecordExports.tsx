import type { TableFormat } from '../../../fairness/formatFairnessTable';
import type { RunRecord } from '../../../recipe/runRecord';
import { scoresCsv } from '../../../recipe/scoresCsv';
import { downloadFile } from '../../files/downloadFile';
import { runFileStem, saveRunRecord } from '../../files/saveRunRecord';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import styles from './Export.module.css';
import { writeTables } from './exportTables';

const formats: { format: Exclude<TableFormat, 'text'>; label: string; extension: string; mediaType: string }[] = [
  { format: 'csv', label: 'CSV', extension: 'csv', mediaType: 'text/csv' },
  { format: 'markdown', label: 'Markdown', extension: 'md', mediaType: 'text/markdown' },
  { format: 'latex', label: 'LaTeX', extension: 'tex', mediaType: 'application/x-tex' },
];

/** The record, the scores and the table of a run. */
export function RecordExports({ record }: { record: RunRecord }) {
  const stem = runFileStem(record);
  const saveTable = ({ format, extension, mediaType }: (typeof formats)[number]) => {
    downloadFile(`${stem}-table.${extension}`, writeTables(record, format), mediaType);
  };
  return (
    <div className={styles.files}>
      <section className={styles.section} aria-labelledby="record-title">
        <h3 id="record-title">Run record</h3>
        <Note>
          Settings, seeds, split hashes, every round, and the count of looks at the test split. It can be loaded in step
          6 and by the command line.
        </Note>
        <Button onPress={() => saveRunRecord(record)}>Download run record (JSON)</Button>
      </section>
      <section className={styles.section} aria-labelledby="scores-title">
        <h3 id="scores-title">Scores</h3>
        <Note>Every channel’s score before the run and after every round of every arm.</Note>
        <Button onPress={() => downloadFile(`${stem}-scores.csv`, scoresCsv(record), 'text/csv')}>
          Download scores (CSV)
        </Button>
      </section>
      <section className={styles.section} aria-labelledby="table-title">
        <h3 id="table-title">Table</h3>
        <Note>The paper’s table of the unpruned model and of each arm’s chosen round, which is named as chosen.</Note>
        <div className={styles.buttons}>
          {formats.map((entry) => (
            <Button key={entry.format} onPress={() => saveTable(entry)} aria-label={`Download table (${entry.label})`}>
              {entry.label}
            </Button>
          ))}
        </div>
      </section>
    </div>
  );
}
