/** The parts of a dataset; their positions are the codes 0, 1 and 2. */
export type SplitName = 'train' | 'validation' | 'test';
export const splitNames: readonly SplitName[] = ['train', 'validation', 'test'];
