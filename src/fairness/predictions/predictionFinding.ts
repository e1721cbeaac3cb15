import type { Finding } from '../../foundation/findingLog';
import { tableFindingSentences } from '../../tables/tableFinding';

const rows = (count: number) => (count === 1 ? '1 row' : `${count} rows`);

/** What is noticed of predictions, with its sentence for so many of it. Named here and nowhere else. */
export const predictionFindingSentences = {
  ...tableFindingSentences,
  'threshold-used': () => 'Probabilities were made classes by a threshold.',
  'probability-unused': () => 'A column of probabilities is not used: it does not say of which class.',
  'scores-unused': () => 'The scores are not used, since one of their classes was left out.',
  'class-not-labelled': (n: number) =>
    `${n} class${n === 1 ? '' : 'es'} that no row has as its label, kept as a class of its own. Every group counts 0 there, which makes gaps smaller.`,
  'never-predicted': (n: number) =>
    `${n} class${n === 1 ? '' : 'es'} of labels that ${n === 1 ? 'is' : 'are'} never predicted.`,
  'class-mapped': (n: number) => `${rows(n)} whose predicted class was read as another one.`,
  'class-without-score': (n: number) =>
    `${n} class${n === 1 ? '' : 'es'} without a column of scores; the score counts 0.`,
  'one-class-predicted': () => 'One class is predicted throughout: there is no gap to see, and nothing was told apart.',
  'worse-than-chance': () =>
    'The predictions are right less often than their class mix would be by chance: labels or classes may be exchanged.',
  'not-the-highest-score': (n: number) =>
    `${rows(n)} whose predicted class does not have the highest score: another threshold was used, or the columns are exchanged.`,
  'duplicate-id': (n: number) =>
    `${n} sample${n === 1 ? '' : 's'} in more than one row: they count several times, and intervals are too narrow.`,
  'several-models': (n: number) =>
    `${n} column${n === 1 ? '' : 's'} that name${n === 1 ? 's' : ''} a model, fold or run: predictions of several are pooled here.`,
  'several-splits': (n: number) =>
    `${n} column${n === 1 ? '' : 's'} that name${n === 1 ? 's' : ''} a split: rows of several are pooled here, those that the model was trained on perhaps among them.`,
} as const satisfies Record<string, (count: number) => string>;

export type PredictionFindingKind = keyof typeof predictionFindingSentences;
export type PredictionFinding = Finding<PredictionFindingKind>;
