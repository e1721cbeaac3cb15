import type { ArmMark } from '../../meaning';

/** How the two marks of a row are named and drawn. */
export interface ForestLooks {
  before: ForestLook;
  after: ForestLook;
}

export interface ForestLook {
  name: string;
  colour: string;
  text: string;
  mark: ArmMark;
}

/** The look of an unpruned and a pruned model, or of any baseline and model. */
export function modelLooks({ before, after }: { before: string; after: string }): ForestLooks {
  return {
    before: { name: before, colour: 'var(--before)', text: 'var(--before-text)', mark: 'square' },
    after: { name: after, colour: 'var(--after)', text: 'var(--after-text)', mark: 'circle' },
  };
}
