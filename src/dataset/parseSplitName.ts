import type { SplitName } from './splitName';

const names: Record<string, SplitName> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

/** The split that a cell of a split column means, or null when it means none. */
export function parseSplitName(cell: string): SplitName | null {
  return names[cell.trim().toLowerCase()] ?? null;
}
