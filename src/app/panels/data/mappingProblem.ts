import type { ImportMapping } from '../../../dataset/importMapping';

/** What still keeps a mapping from being used, in words for the user; null when nothing does. */
export function mappingProblem(mapping: ImportMapping): string | null {
  if (mapping.labelColumn === mapping.groupColumn) return 'Label and group are the same column. Choose two.';
  if (mapping.imageColumn === mapping.labelColumn) return 'Image and label are the same column. Choose two.';
  if (mapping.group0Values.length === 0) return 'Tick at least one value for group 0.';
  if (mapping.group1Values.length === 0) return 'Tick at least one value for group 1.';
  return null;
}
