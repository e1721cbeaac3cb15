import { importanceLabel, importances, subjectImportance } from '../importance/importances';

export type Theme = 'light' | 'dark';

/**
 * The colours that mean something, and what they mean. Hues are those of Okabe and Ito, told apart by people with any
 * common colour vision; dark ground gets lighter tones of the same hue. `text` tones keep a contrast of 4.5 : 1.
 */
const meanings: Record<Theme, Record<string, string>> = {
  light: {
    group0: '#d55e00',
    'group0-text': '#a84a00',
    group1: '#0072b2',
    'group1-text': '#00608f',
    // Further groups of an audit; a run has two.
    group2: '#cc79a7',
    'group2-text': '#96426e',
    group3: '#56b4e9',
    'group3-text': '#1b6c9c',
    group4: '#e69f00',
    'group4-text': '#8a5f00',
    group5: '#7d8ba0',
    'group5-text': '#566377',
    before: '#7d8ba0',
    'before-text': '#566377',
    after: '#009e73',
    'after-text': '#007553',
    selected: '#e69f00',
    'selected-text': '#8a5f00',
    noise: '#e4e4df',
    'noise-text': '#5f6268',
    stop: '#1b1c1e',
    control2: '#cc79a7',
    'control2-text': '#96426e',
    control3: '#56b4e9',
    'control3-text': '#1b6c9c',
    control4: '#b8860b',
    'control4-text': '#7d5b00',
  },
  dark: {
    group0: '#e8782a',
    'group0-text': '#ff9e5c',
    group1: '#3b9bd6',
    'group1-text': '#6fbdf0',
    group2: '#cc79a7',
    'group2-text': '#e3a4c6',
    group3: '#56b4e9',
    'group3-text': '#7cc6f0',
    group4: '#e69f00',
    'group4-text': '#f0b73a',
    group5: '#8e9bb0',
    'group5-text': '#aab5c6',
    before: '#8e9bb0',
    'before-text': '#aab5c6',
    after: '#1fb98c',
    'after-text': '#45d3a8',
    selected: '#e69f00',
    'selected-text': '#f0b73a',
    noise: '#33373d',
    'noise-text': '#a6abb3',
    stop: '#ecedee',
    control2: '#cc79a7',
    'control2-text': '#e3a4c6',
    control3: '#56b4e9',
    'control3-text': '#7cc6f0',
    control4: '#f0e442',
    'control4-text': '#f0e442',
  },
};

/** Sets the colours of a theme as CSS variables `--group0`, `--after`, … on the page. */
export function applyTheme(root: HTMLElement, theme: Theme): void {
  root.dataset.theme = theme;
  for (const [name, colour] of Object.entries(meanings[theme])) root.style.setProperty(`--${name}`, colour);
}

export interface ArmLook {
  label: string;
  colour: string;
  /** Of labels: the same hue with enough contrast to be read. */
  text: string;
  /** SVG dash pattern. */
  dash: string;
  mark: ArmMark;
}
export type ArmMark = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'plus';

const subjectLook: Omit<ArmLook, 'label'> = {
  colour: 'var(--after)',
  text: 'var(--after-text)',
  dash: '',
  mark: 'circle',
};

/** Looks of the controls, in the order of the registry. */
const controlColours: readonly Pick<ArmLook, 'colour' | 'text'>[] = [
  { colour: 'var(--before)', text: 'var(--before-text)' },
  { colour: 'var(--ink-soft)', text: 'var(--ink-soft)' },
  { colour: 'var(--control2)', text: 'var(--control2-text)' },
  { colour: 'var(--control3)', text: 'var(--control3-text)' },
  { colour: 'var(--control4)', text: 'var(--control4-text)' },
];
const controlMarks: readonly Pick<ArmLook, 'dash' | 'mark'>[] = [
  { dash: '2 3', mark: 'square' },
  { dash: '7 4', mark: 'triangle' },
  { dash: '7 3 2 3', mark: 'diamond' },
  { dash: '1 3', mark: 'cross' },
  { dash: '9 3', mark: 'plus' },
];

/**
 * How an arm of a run is named and drawn. Its place in the registry decides, so that it looks the same in every run; arms of
 * importances that are not registered come after, in the order of the figure. The first five controls differ in colour, dash
 * and mark; with more a colour comes again, with another dash and mark, and no two of 25 are alike.
 *
 * @param arms all arms of the figure
 */
export function armLook(arm: string, arms: readonly string[]): ArmLook {
  const label = importanceLabel(arm);
  if (arm === subjectImportance.id) return { label, ...subjectLook };
  const controls = [...new Set([...importances.ids(), ...arms])].filter((id) => id !== subjectImportance.id);
  const place = Math.max(0, controls.indexOf(arm));
  const turn = Math.floor(place / controlColours.length);
  const colour = controlColours[place % controlColours.length]!;
  return { label, ...colour, ...controlMarks[(place + turn) % controlMarks.length]! };
}

/** How a group is drawn: colour, dash and mark all differ. */
export type GroupLook = Omit<ArmLook, 'label'>;

const groupMarks: readonly Pick<GroupLook, 'mark' | 'dash'>[] = [
  { mark: 'circle', dash: '' },
  { mark: 'square', dash: '7 4' },
  { mark: 'triangle', dash: '2 3' },
  { mark: 'diamond', dash: '7 3 2 3' },
  { mark: 'cross', dash: '1 3' },
  { mark: 'plus', dash: '9 3' },
];

/** Look of a group, 0 the unprivileged of two. With more groups than looks they repeat, and the label tells them apart. */
export function groupLook(group: number): GroupLook {
  const index = group % groupMarks.length;
  return { colour: `var(--group${index})`, text: `var(--group${index}-text)`, ...groupMarks[index]! };
}
