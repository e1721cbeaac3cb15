import type { ReactNode } from 'react';
import styles from './DataTable.module.css';

export interface Column<Row> {
  name: string;
  cell(row: Row): ReactNode;
  isNumber?: boolean;
  title?(row: Row): string;
}

interface DataTableProps<Row> {
  caption: string;
  isCaptionHidden?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  isMarked?(row: Row): boolean;
}

/** A plain table; the first column names the row. */
export function DataTable<Row>({ caption, isCaptionHidden, columns, rows, rowKey, isMarked }: DataTableProps<Row>) {
  return (
    <table className={styles.table}>
      <caption className={isCaptionHidden ? 'visually-hidden' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, isNumber }) => (
            <th key={name} scope="col" className={isNumber ? styles.number : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className={isMarked?.(row) ? styles.marked : undefined}>
            {columns.map(({ name, cell, isNumber, title }, index) => {
              const props = { className: isNumber ? styles.number : undefined, title: title?.(row) };
              return index === 0 ? (
                <th key={name} scope="row" {...props}>
                  {cell(row)}
                </th>
              ) : (
                <td key={name} {...props}>
                  {cell(row)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
