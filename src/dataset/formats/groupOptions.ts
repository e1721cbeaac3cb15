import type { GroupOption } from './datasetFormat';

/** Skin types 4 to 6 against 1 to 3. */
export function skinTypeOption(column: string, annotator?: string, prefix = ''): GroupOption {
  const types = (...numbers: number[]) => numbers.map((number) => `${prefix}${number}`);
  return {
    title: 'skin type',
    annotator,
    column,
    rule: { kind: 'values', group0: types(4, 5, 6), group1: types(1, 2, 3) },
    names: ['dark (types 4–6)', 'light (types 1–3)'],
  };
}

/** Female against male, in whatever words the set has for them. */
export function sexOption(column: string, female: string, male: string): GroupOption {
  return {
    title: 'sex',
    column,
    rule: { kind: 'values', group0: [female], group1: [male] },
    names: ['female', 'male'],
  };
}

/** From this age upwards against below. */
export function ageOption(column: string, from = 60): GroupOption {
  return {
    title: 'age',
    column,
    rule: { kind: 'cut', from, above: 0 },
    names: [`age ${from} and over`, `under ${from}`],
  };
}
