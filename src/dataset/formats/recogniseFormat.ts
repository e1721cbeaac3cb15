import type { Table } from '../../tables/table';
import { isNpz } from '../tables/readNpz';
import type { DatasetFormat } from './datasetFormat';
import { datasetFormats } from './datasetFormats';
import { medMnist } from './medMnist';

/**
 * The known set that the tables are of, by their columns alone; of several, the one whose header says most. Null when
 * they are of none.
 */
export function recogniseFormat(tables: readonly Pick<Table, 'file' | 'columns'>[]): DatasetFormat | null {
  let best: DatasetFormat | null = null;
  let most = 0;
  for (const { columns } of tables) {
    const names = new Set(columns.map(({ name }) => name.toLowerCase()));
    for (const format of datasetFormats) {
      for (const header of format.headers) {
        if (header.length > most && header.every((name) => names.has(name))) [best, most] = [format, header.length];
      }
    }
  }
  return best ?? (tables.some(({ file }) => isNpz(file)) ? medMnist : null);
}
