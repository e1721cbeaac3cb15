import type { FairnessCriterion } from '../../../fairness/paperTable';
import type { CriterionRow, FairnessTable } from '../../../fairness/tableRows';
import { formatFixed } from '../../format/formatNumber';
import { isClearlyBetter } from './better';
import { criterionFormulas } from './criterionNames';
import styles from './Results.module.css';
import { Value } from './Value';

interface CriteriaTableProps {
  caption: string;
  before: FairnessTable;
  after: FairnessTable | null;
  afterName: string;
  /** The criterion under which the round did better than every control; null when none is shown. */
  proven: FairnessCriterion | null;
}

/** Eopp0, Eopp1 and Eodd before and after, each beside what chance alone shows, and FATE. */
export function CriteriaTable({ caption, before, after, afterName, proven }: CriteriaTableProps) {
  return (
    <table className={styles.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          <th scope="colgroup" colSpan={2}>
            Unpruned
          </th>
          <th scope="colgroup" colSpan={3} className={styles.after}>
            {afterName}
          </th>
        </tr>
        <tr>
          <th scope="col">Criterion</th>
          <th scope="col">value ↓</th>
          <th scope="col">chance</th>
          <th scope="col" className={styles.after}>
            value ↓
          </th>
          <th scope="col" className={styles.after}>
            chance
          </th>
          <th scope="col" className={styles.after}>
            FATE ↑
          </th>
        </tr>
      </thead>
      <tbody>
        {before.criteria.map((row, index) => {
          const pruned = after?.criteria[index] ?? null;
          return (
            <tr key={row.name}>
              <th scope="row" title={criterionFormulas[row.criterion]}>
                {row.name}
              </th>
              <ValueCells row={row} other={pruned} />
              {pruned ? (
                <>
                  <ValueCells row={pruned} other={row} className={styles.after} />
                  <td className={styles.after} title={fateFormula(row, pruned, before, after)}>
                    <Value value={pruned.fate} interval={pruned.fateInterval} isBetter={pruned.criterion === proven} />
                  </td>
                </>
              ) : (
                <td colSpan={3} />
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function ValueCells({ row, other, className }: { row: CriterionRow; other: CriterionRow | null; className?: string }) {
  return (
    <>
      <td className={className}>
        <Value
          value={row.value}
          interval={row.interval}
          isBetter={isClearlyBetter(row.interval, other?.interval ?? null, 'lower')}
        />
      </td>
      <td className={className}>
        {row.noiseFloorQ95 === null ? (
          'not computed'
        ) : (
          <>
            {'< '}
            {formatFixed(row.noiseFloorQ95)}
            <small>{row.aboveFloor ? 'value is above' : 'value is within'}</small>
          </>
        )}
      </td>
    </>
  );
}

/** FATE with the user's numbers put in. */
function fateFormula(
  row: CriterionRow,
  pruned: CriterionRow,
  before: FairnessTable,
  after: FairnessTable | null,
): string {
  const f1 = (table: FairnessTable | null) =>
    formatFixed(table?.metrics.find(({ name }) => name === 'F1')?.avg ?? null);
  const gap = { before: formatFixed(row.value), after: formatFixed(pruned.value) };
  return `FATE = (F1 − F1₀) / F1₀ − (${row.name} − ${row.name}₀) / ${row.name}₀ = (${f1(after)} − ${f1(before)}) / ${f1(before)} − (${gap.after} − ${gap.before}) / ${gap.before}`;
}
