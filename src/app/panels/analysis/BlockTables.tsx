import type { TitledBlock } from '../../../fairness/report/analysisBlocks';
import styles from './BlockTables.module.css';

/** The tables of an analysis, one below the other. */
export function BlockTables({ blocks }: { blocks: readonly TitledBlock[] }) {
  return (
    <div className={styles.scroll} role="region" aria-label="Tables of the analysis" tabIndex={0}>
      {blocks.map(({ title, header, rows }) => (
        <table key={title} className={styles.table}>
          <caption>{title}</caption>
          <thead>
            <tr>
              {header.map((name, column) => (
                <th key={`${column}/${name}`} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, column) => (
                  <td key={header[column + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
