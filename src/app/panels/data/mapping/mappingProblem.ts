import type { MappingDraft } from './mappingDraft';

/** What still keeps a mapping from being used, in words for the user; null when nothing that can be seen without the data does. */
export function mappingProblem({
  join,
  mapping: { label, group },
}: Pick<MappingDraft, 'join' | 'mapping'>): string | null {
  if (join.imageColumns.includes('')) return 'Choose the column that names the image.';
  if (label.columns.includes('')) return 'Choose the column that holds the label.';
  if (group.column === '') return 'Choose the column that tells the groups apart.';
  if (label.columns.includes(group.column)) return 'Label and group are the same column. Choose two.';
  if (group.missing === 'own-group' || group.rule.kind === 'cut') return null;
  if (group.rule.group0.length === 0) return 'Put at least one value into group 0.';
  if (group.rule.group1.length === 0) return 'Put at least one value into group 1.';
  return null;
}
