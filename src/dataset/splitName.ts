/** The parts of a dataset; their positions are the codes 0, 1 and 2. */
export type SplitName = 'train' | 'validation' | 'test';
export const splitNames: readonly SplitName[] = ['train', 'validation', 'test'];

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
