import { canonicalValue } from '../canonicalValue';

/**
 * A column's texts in their canonical form (`3.0` is `3`, `TRUE` is `true`), so far as no two of them become one: a column
 * whose numbers all have decimals is one of numbers, but `1` beside `1.0` are two spellings, which the user is asked about.
 */
export function uniformValues(values: readonly string[]): string[] {
  const spellingsOf = new Map<string, Set<string>>();
  for (const value of values) {
    const canonical = canonicalValue(value);
    spellingsOf.set(canonical, (spellingsOf.get(canonical) ?? new Set()).add(value.trim()));
  }
  return values.map((value) => {
    const canonical = canonicalValue(value);
    return spellingsOf.get(canonical)!.size === 1 ? canonical : value.trim();
  });
}
