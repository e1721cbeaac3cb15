import type { DatasetMapping } from '../../dataset/mapping/datasetMapping';
import { type ImageRecords, rowsDiffer } from '../../dataset/tables/imageRecords';

/** Records of a made-up table, for tests: one image per row. A cell that is null stands for rows that differ. */
export function testRecords(columns: Record<string, (string | null)[]>): ImageRecords {
  const count = Object.values(columns)[0]!.length;
  const each = (text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index));
  return {
    version: 1,
    names: each((index) => `img${index}`),
    paths: each((index) => `photos/img${index}.jpg`),
    imageIndices: Array.from({ length: count }, (_, index) => index),
    columns: Object.entries(columns).map(([name, cells]) => {
      const values = [...new Set(cells.filter((cell) => cell !== null))];
      return { name, values, codes: cells.map((cell) => (cell === null ? rowsDiffer : values.indexOf(cell))) };
    }),
    join: { table: 'labels.csv', imageColumns: ['image'], joins: [] },
    rows: { total: count, used: count, leftOut: [] },
    givenCount: count,
    findings: [],
  };
}

/** A mapping by the columns `dx` and `sex`, for tests. */
export const testMapping: DatasetMapping = {
  version: 1,
  format: null,
  label: { columns: ['dx'], merge: {}, minClassSize: 1 },
  group: {
    column: 'sex',
    rule: { kind: 'values', group0: ['female'], group1: ['male'] },
    names: ['female', 'male'],
    missing: 'exclude',
  },
  clusterColumn: null,
  givenSplit: null,
};
