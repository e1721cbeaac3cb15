import type { ModelSummary } from '../../../model/modelSummary';
import { formatCount } from '../../format/formatNumber';
import { type Column, DataTable } from '../../ui/DataTable';
import styles from './Model.module.css';

type ImportLine = NonNullable<ModelSummary['importReport']>['lines'][number];

const statusWords: Record<ImportLine['status'], string> = {
  mapped: 'taken as it is',
  repaired: 'repaired',
  unused: 'not used',
};

const columns: Column<ImportLine>[] = [
  { name: 'Layer', cell: ({ layer }) => layer },
  { name: 'What became of it', cell: ({ status }) => statusWords[status] },
  { name: 'How', cell: ({ detail }) => detail },
];

/** True when there is something to tell of how a model was read. */
export function hasImportReport({ importReport, notes = [] }: ModelSummary): boolean {
  return importReport !== undefined || notes.length > 0;
}

/** What was found in the files of a model, what was assumed, and what became of every layer. */
export function ImportReportView({ model }: { model: ModelSummary }) {
  const { importReport, notes = [] } = model;
  const lines = importReport?.lines ?? [];
  const countOf = (status: ImportLine['status']) => lines.filter((line) => line.status === status).length;
  return (
    <div className={styles.report}>
      {importReport ? (
        <p>
          <strong>{importReport.format}.</strong> {importReport.found} {formatCount(countOf('mapped'))} layers taken as
          they are, {formatCount(countOf('repaired'))} repaired; not used from the file:{' '}
          {formatCount(countOf('unused'))}; none refused.
        </p>
      ) : (
        <p>The files say nothing more than the model itself.</p>
      )}
      {importReport?.assumed ? (
        <section aria-labelledby="confirmed-title">
          <h3 id="confirmed-title">Assumed, as confirmed: the file does not say it</h3>
          <ul className={styles.notes}>
            {importReport.assumed.map(({ key, question, label }) => (
              <li key={key}>
                {question} <strong>{label}</strong>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {notes.length > 0 ? (
        <section aria-labelledby="assumed-title">
          <h3 id="assumed-title">Changed or assumed</h3>
          <ul className={styles.notes}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {lines.length > 0 ? (
        <div className={styles.scroll} role="region" aria-label="Import report" tabIndex={0}>
          <DataTable
            caption={`What became of each layer of ${model.name}; marked: repaired or not used`}
            columns={columns}
            rows={lines}
            rowKey={({ layer, detail }) => `${layer}/${detail}`}
            isMarked={({ status }) => status !== 'mapped'}
          />
        </div>
      ) : null}
    </div>
  );
}
