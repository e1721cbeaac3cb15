import { foldText, numberOf } from './foldText';
import { type Vocabulary, vocabulariesFor } from './synonyms';

/** Spellings that most likely mean one value. */
export interface Fold {
  /** The spelling that stands for all of them. */
  to: string;
  /** The others. */
  from: string[];
  /** What they differ in, in words. */
  why: string;
}

/** A vocabulary speaks of a column when at least so many of its values are words of it. */
const leastShare = 0.5;

/**
 * Which values of a column most likely mean the same: those that differ only in case, blanks or Unicode form, numbers
 * that are equal, and words of one meaning where the column is made of such words. They are proposed: whether they do is for
 * the user to say.
 *
 * @param values each text and how often it occurs, without missing ones
 * @param settled spellings of which the user has said what they mean: they stay, and others are read as them
 */
export function proposeFolds(values: ReadonlyMap<string, number>, settled: ReadonlySet<string> = new Set()): Fold[] {
  const texts = [...values.keys()];
  const vocabulary = vocabularyOf(texts);
  const groups = new Map<string, string[]>();
  for (const text of texts) {
    const key = keyOf(text, vocabulary);
    const same = groups.get(key);
    if (same) same.push(text);
    else groups.set(key, [text]);
  }
  return [...groups.values()]
    .filter((same) => same.length > 1)
    .map((same) => foldOf(same, { values, vocabulary, settled }))
    .filter(({ from }) => from.length > 0);
}

/** How often each value occurs when the folds proposed are made. */
export function countFolded(values: ReadonlyMap<string, number>): Map<string, number> {
  const to = new Map(proposeFolds(values).flatMap((fold) => fold.from.map((text) => [text, fold.to] as const)));
  const counts = new Map<string, number>();
  for (const [text, count] of values) {
    const folded = to.get(text) ?? text;
    counts.set(folded, (counts.get(folded) ?? 0) + count);
  }
  return counts;
}

function vocabularyOf(texts: readonly string[]): Vocabulary | null {
  const counted = vocabulariesFor(texts)
    .map((vocabulary) => ({
      vocabulary,
      known: texts.filter((text) => vocabulary.meaningOf(text) !== null).length,
    }))
    .filter(({ known }) => known >= leastShare * texts.length)
    .sort((a, b) => b.known - a.known);
  return counted[0]?.vocabulary ?? null;
}

function keyOf(text: string, vocabulary: Vocabulary | null): string {
  const meaning = vocabulary?.meaningOf(text);
  if (meaning != null) return `meaning ${meaning}`;
  return plainKey(text);
}

function plainKey(text: string): string {
  const number = numberOf(text);
  return number === null ? `text ${foldText(text)}` : `number ${number}`;
}

function foldOf(
  same: string[],
  {
    values,
    vocabulary,
    settled,
  }: { values: ReadonlyMap<string, number>; vocabulary: Vocabulary | null; settled: ReadonlySet<string> },
): Fold {
  const areNumbers = same.every((text) => numberOf(text) !== null);
  const last = (text: string) => (settled.has(text) ? 0 : 1);
  const frequency = (text: string) => (areNumbers ? 0 : values.get(text)!);
  const [to, ...others] = [...same].sort(
    (a, b) =>
      last(a) - last(b) ||
      frequency(b) - frequency(a) ||
      rank(a) - rank(b) ||
      (areNumbers ? a.length - b.length : b.length - a.length) ||
      (a < b ? -1 : 1),
  );
  const from = others.filter((text) => !settled.has(text));
  const isOneText = new Set(same.map(plainKey)).size === 1;
  const isEqual = areNumbers && isOneText;
  const why = isEqual ? 'equal numbers' : isOneText ? 'case, blanks or Unicode form' : vocabulary!.name;
  return { to: to!, from: from.toSorted(), why };
}

/** Of spellings that are equally frequent: plain numbers, then words in small letters, then the rest. */
function rank(text: string): number {
  if (/^\d+$/.test(text) && !/^0\d/.test(text)) return 0;
  return text === text.toLowerCase() ? 1 : 2;
}
