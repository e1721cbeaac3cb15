import { type Asker, refuseAnswer } from '../../foundation/openQuestion';
import { type Fold, proposeFolds } from './proposeFolds';
import { parseSpellings, type Spellings, writeSpellings } from './spellings';

/** Values of one column, or of several that hold the same things. */
export interface AskedValues {
  /** Name of the column or what the columns hold: the question's key is `spelling:` and this. */
  about: string;
  /** What is asked about, in words; the column when left out. */
  title?: string;
  /** Each text and how often it occurs, without missing ones. */
  values: ReadonlyMap<string, number>;
  /** Spellings of which the user has said what they mean. */
  settled?: ReadonlySet<string>;
}

/** The answer that keeps every spelling as a value of its own. */
export const apart = 'apart';

/** What the question about the spellings of a column is called. */
export function spellingKey(about: string): string {
  return `spelling:${about}`;
}

/**
 * Asks whether spellings that most likely mean one value do. The usual answer folds them all as listed; another may name
 * every spelling that is in question, each with what it is read as.
 *
 * @returns what each spelling is read as: as answered, or as proposed as long as there is no answer
 * @throws LabError `config-invalid` for an answer that is no list of spellings, or leaves one out
 */
export function askSpellings(
  { about, title = `the column "${about}"`, values, settled }: AskedValues,
  asker: Asker,
): Spellings {
  const folds = proposeFolds(values, settled);
  if (folds.length === 0) return new Map();
  const proposed = new Map(folds.flatMap(({ to, from }) => from.map((spelling) => [spelling, to] as const)));
  const usual = writeSpellings(proposed);
  const key = spellingKey(about);
  const answer = asker.ask({
    key,
    question: `Do these spellings in ${title} mean the same? ${folds.map((fold) => describe(fold, values)).join('; ')}.`,
    choices: [
      { value: usual, label: `Yes: ${folds.map(({ to, from }) => `${quoted(from)} as "${to}"`).join('; ')}` },
      { value: apart, label: 'No: keep them apart' },
    ],
    otherwise: 'every spelling with what it is read as, in the form to=from|from, to=from',
  });
  if (answer === usual) return proposed;
  if (answer === apart) return new Map();
  return readAnswer(key, answer, folds);
}

function readAnswer(key: string, answer: string, folds: readonly Fold[]): Spellings {
  const spellings = parseSpellings(answer);
  if (!spellings) throw refuseAnswer(key, answer, `${apart}, or a list such as female=F|Female, male=M`);
  const named = new Set([...spellings.keys(), ...spellings.values()]);
  const passedOver = folds.flatMap(({ to, from }) => [to, ...from]).find((spelling) => !named.has(spelling));
  if (passedOver === undefined) return spellings;
  throw refuseAnswer(
    key,
    answer,
    `a list that also names "${passedOver}" (${passedOver}=${passedOver} keeps it apart)`,
  );
}

function describe({ to, from, why }: Fold, values: ReadonlyMap<string, number>): string {
  const list = [to, ...from].map((spelling) => `"${spelling}" (${values.get(spelling) ?? 0})`).join(', ');
  return `${list}: ${why}`;
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `"${text}"`).join(', ');
}
