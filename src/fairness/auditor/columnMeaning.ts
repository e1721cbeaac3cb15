/** What a column of a published table holds. */
export type ColumnMeaning =
  | { kind: 'table' | 'method' | 'baseline' | 'group' | 'none' }
  | { kind: 'quantity'; name: string; part: 'avg' | 'diff' | 'group' | 'plain'; scale: number }
  | { kind: 'criterion'; name: string; part: 'value' | 'fate' | 'both'; scale: number };

const exactNames: { kind: 'table' | 'method' | 'baseline' | 'group'; pattern: RegExp }[] = [
  { kind: 'table', pattern: /^(table|data ?set|data)$/ },
  { kind: 'method', pattern: /^(method|model|approach|algorithm)s?$/ },
  { kind: 'baseline', pattern: /^(baseline|reference)$/ },
  { kind: 'group', pattern: /^(skin ?tone|skin ?type|sub ?group|group|sex|gender|age|race|attribute)$/ },
];

/** Names of the usual quantities, however they are written. */
const quantities: [name: string, pattern: RegExp][] = [
  ['Precision', /\bprecision\b/],
  ['Recall', /\brecall\b/],
  ['F1', /\bf1(?:[- ]?score)?\b/],
  ['Balanced accuracy', /\bbalanced acc(?:uracy)?\b/],
  ['Accuracy', /\bacc(?:uracy)?\b/],
  ['AUC', /\bauc\b/],
];

const criteria: [name: string, pattern: RegExp][] = [
  ['Eopp0', /\be(?:q)?opp[ _]?0\b/],
  ['Eopp1', /\be(?:q)?opp[ _]?1\b/],
  ['Eodd', /\be(?:q)?odds?\b/],
];

const avgWords = /\b(avg|average|mean|overall)\b\.?/;
const diffWords = /\b(diff|difference)\b\.?|[δ∆]/;

/**
 * Tells what a column holds from its name: `F1 Avg`, `Precision dark`, `Eopp1 ↓`, `FATE (Eopp1) ↑`, `Eopp1/FATE`.
 *
 * @param before meaning of the column to the left: a bare `FATE` belongs to the criterion there
 */
export function columnMeaning(header: string, before: ColumnMeaning | undefined): ColumnMeaning {
  const scale = headerScale(header);
  const text = header
    .toLowerCase()
    .replaceAll(/[×x]\s*10\s*\^?\s*[-−⁻]\s*[\d¹²³⁴]/g, ' ')
    .replaceAll(/[↑↓*$%{}()[\]]|\\(?:uparrow|downarrow)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const exact = exactNames.find(({ pattern }) => pattern.test(text));
  if (exact) return { kind: exact.kind };

  const isFate = /\bfate\b/.test(text);
  const withoutFate = text.replace(/\bfate\b/, '').replaceAll(/^[\s_/|,-]+|[\s_/|,-]+$/g, '');
  if (isFate && withoutFate === '') {
    return before?.kind === 'criterion' && before.part === 'value'
      ? { kind: 'criterion', name: before.name, part: 'fate', scale }
      : { kind: 'none' };
  }
  const criterion = criteria.find(([, pattern]) => pattern.test(text))?.[0];
  if (isFate) {
    const part = text.includes('/') ? 'both' : 'fate';
    return { kind: 'criterion', name: criterion ?? withoutFate, part, scale };
  }
  if (criterion) return { kind: 'criterion', name: criterion, part: 'value', scale };

  const quantity = quantities.find(([, pattern]) => pattern.test(text));
  if (!quantity) return { kind: 'none' };
  const [name, pattern] = quantity;
  const rest = text.replace(pattern, '').trim();
  return { kind: 'quantity', name, part: partOf(rest), scale };
}

function partOf(rest: string): 'avg' | 'diff' | 'group' | 'plain' {
  if (diffWords.test(rest)) return 'diff';
  if (avgWords.test(rest)) return 'avg';
  return rest === '' ? 'plain' : 'group';
}

/** 0.01 for a column of percentages, 10^-n for one whose name says ×10⁻ⁿ. */
function headerScale(header: string): number {
  const power = /[×x]\s*10\s*\^?\s*\{?[-−⁻]\s*([\d¹²³⁴])/.exec(header)?.[1];
  if (power !== undefined) return 10 ** -('⁰¹²³⁴'.includes(power) ? '⁰¹²³⁴'.indexOf(power) : Number(power));
  return header.includes('%') ? 0.01 : 1;
}
