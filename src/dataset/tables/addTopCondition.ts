import { findColumn, type Table } from '../../tables/table';

const weightsColumn = 'weighted_skin_condition_label';
export const topConditionColumn = 'top_condition';

/**
 * SCIN writes a case's conditions as `{'Eczema': 0.5, 'Psoriasis': 0.25}`. Adds a column with the heaviest one, empty where
 * two are equally heavy or there is none. Other tables stay as they are.
 */
export function addTopCondition(table: Table): Table {
  const weights = findColumn(table, weightsColumn);
  if (!weights) return table;
  const column = { ...weights, name: topConditionColumn, values: weights.values.map(heaviest) };
  return { ...table, columns: [...table.columns, column] };
}

function heaviest(text: string): string {
  const found = [...text.matchAll(/(?:'([^']*)'|"([^"]*)")\s*:\s*(\d*\.?\d+)/g)].map(([, single, double, weight]) => ({
    name: single ?? double!,
    weight: Number(weight),
  }));
  const most = Math.max(...found.map(({ weight }) => weight));
  const heavy = found.filter(({ weight }) => weight === most);
  return heavy.length === 1 ? heavy[0]!.name : '';
}
