import { type ReactNode, useDeferredValue, useId } from 'react';
import { formatNumber } from '../format/formatNumber';
import { useElementSize } from '../hooks/useElementSize';
import { ErrorBoundary } from '../ui/ErrorBoundary';
import { type ChartTable, withOrigin } from './chartTable';
import styles from './Figure.module.css';
import { FigureMenu } from './FigureMenu';
import { useFigureOrigin } from './FigureOrigin';

interface FigureProps {
  title: string;
  /** Sample size, as it stands in the figure: `n = 480 images`. */
  sample: string;
  /** A sentence or two that can be read aloud. */
  caption: string;
  table: ChartTable;
  /** Controls of the figure, beside its title. */
  controls?: ReactNode;
  /** Draws at the given size in CSS pixels. */
  children(size: { width: number; height: number }): ReactNode;
}

/** A figure with title, sample size, drawing, caption, a menu to save it, and its numbers for screen readers. */
export function Figure({ title, sample: plainSample, caption, table, controls, children }: FigureProps) {
  const origin = useFigureOrigin();
  const sample = origin === '' ? plainSample : `${plainSample} · ${origin}`;
  const [drawing, size] = useElementSize<HTMLDivElement>();
  const titleId = useId();
  return (
    <figure className={styles.figure} aria-labelledby={titleId}>
      <div className={styles.head}>
        <h3 id={titleId}>{title}</h3>
        <span className={styles.sample}>{sample}</span>
        {controls}
        <FigureMenu drawing={drawing} text={{ title, sample, caption }} table={withOrigin(table, origin)} />
      </div>
      <div ref={drawing} className={styles.drawing}>
        <div className={styles.canvas}>
          <ErrorBoundary place={`the figure “${title}”`}>
            {size.width > 0 ? <Drawing draw={children} size={size} /> : null}
          </ErrorBoundary>
        </div>
      </div>
      <figcaption className={styles.caption}>{caption}</figcaption>
      <HiddenTable title={title} table={table} />
    </figure>
  );
}

/** A component of its own, so that what fails in it fails within the figure. */
function Drawing({ draw, size }: { draw: FigureProps['children']; size: { width: number; height: number } }) {
  return draw(size);
}

const noTable: ChartTable = { columns: [], rows: [] };

/** Filled in after the drawing is on the screen, so that hundreds of rows do not hold it up. */
function HiddenTable({ title, table: wanted }: { title: string; table: ChartTable }) {
  const table = useDeferredValue(wanted, noTable);
  return (
    <div className="visually-hidden">
      <table>
        <caption>{title}: numbers</caption>
        <thead>
          <tr>
            {table.columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.join('|')}>
              {row.map((cell, index) => (
                <td key={table.columns[index]}>{typeof cell === 'number' ? formatNumber(cell) : (cell ?? 'none')}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
