import type { Table } from '../../tables/table';
import { isNpz } from '../tables/readNpz';
import { celebA } from './celebA';
import type { DatasetFormat } from './datasetFormat';
import { ddi } from './ddi';
import { derivedFitzpatrick } from './derivedFitzpatrick';
import { fairFace } from './fairFace';
import { fitzpatrick17k } from './fitzpatrick17k';
import { ham10000 } from './ham10000';
import { isic2019 } from './isic2019';
import { isicSexTable } from './isicSexTable';
import { medMnist } from './medMnist';
import { milk10k } from './milk10k';
import { padUfes20 } from './padUfes20';
import { scin } from './scin';
import { utkFace } from './utkFace';

/** Every set that the lab knows. */
export const datasetFormats: readonly DatasetFormat[] = [
  fitzpatrick17k,
  derivedFitzpatrick,
  isic2019,
  isicSexTable,
  ham10000,
  padUfes20,
  ddi,
  medMnist,
  celebA,
  fairFace,
  utkFace,
  scin,
  milk10k,
];

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
