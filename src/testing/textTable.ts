import { readTableAtOnce } from '../tables/readTable';
import type { Table } from '../tables/table';

/** A table as it is read from a file of this text. */
export function textTable(text: string): Table {
  return readTableAtOnce('predictions.csv', new TextEncoder().encode(text));
}
