import type { ImportMapping } from '../../../dataset/importMapping';

/** What still keeps a mapping from being used, in words for the user; null when nothing does. */
export function mappingProblem(mapping: ImportMapping): string | null {
  const { imageColumn, labelColumn, groupColumn } = mapping;
  if (imageColumn === '') return 'Choose the column that names the image.';
  if (labelColumn === '') return 'Choose the column that holds the label. A table without one cannot be used.';
  if (groupColumn === '') return 'Choose the column that tells the groups apart. A table without one cannot be used.';
  if (labelColumn === groupColumn) return 'Label and group are the same column. Choose two.';
  if (imageColumn === labelColumn) return 'Image and label are the same column. Choose two.';
  if (mapping.group0Values.length === 0) return 'Tick at least one value for group 0.';
  if (mapping.group1Values.length === 0) return 'Tick at least one value for group 1.';
  return null;
}
