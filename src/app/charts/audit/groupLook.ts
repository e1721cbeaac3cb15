import type { ArmMark } from '../../meaning';

/** How a group is drawn: the two of a run in their fixed colours, further ones apart by hue and shape. */
export interface GroupLook {
  colour: string;
  text: string;
  mark: ArmMark;
  dash: string;
}

const looks: readonly GroupLook[] = [
  { colour: 'var(--group0)', text: 'var(--group0-text)', mark: 'circle', dash: '' },
  { colour: 'var(--group1)', text: 'var(--group1-text)', mark: 'square', dash: '7 4' },
  { colour: 'var(--arm-l1)', text: 'var(--arm-l1-text)', mark: 'triangle', dash: '2 3' },
  { colour: 'var(--arm-highest)', text: 'var(--arm-highest-text)', mark: 'diamond', dash: '7 3 2 3' },
  { colour: 'var(--selected)', text: 'var(--selected-text)', mark: 'cross', dash: '1 3' },
  { colour: 'var(--before)', text: 'var(--before-text)', mark: 'plus', dash: '9 3' },
];

/** Look of a group; with more groups than looks they repeat, and the label tells them apart. */
export function groupLook(group: number): GroupLook {
  return looks[group % looks.length]!;
}
