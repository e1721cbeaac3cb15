import * as z from 'zod/mini';
import { type Bound, describeBound, longestList, longestName } from './bounds';

/** Schema of a number within a bound; what it says of another names the bound and the number. */
export function boundedNumber(bound: Bound) {
  const { least, most, isWhole, open } = bound;
  const error = ({ input }: { input?: unknown }) => `must be ${describeBound(bound)}, not ${inWords(input)}`;
  const from = open === 'least' || open === 'both' ? z.gt(least, { error }) : z.gte(least, { error });
  const to = open === 'most' || open === 'both' ? z.lt(most, { error }) : z.lte(most, { error });
  return (isWhole ? z.int({ error }) : z.number({ error })).check(from, to);
}

const textError = ({ input }: { input?: unknown }) =>
  typeof input === 'string'
    ? `must have at most ${longestName} characters, not ${input.length}`
    : `must be a text, not ${inWords(input)}`;

/** Schema of a name. */
export const nameSchema = z.string({ error: textError }).check(z.maxLength(longestName, { error: textError }));

/** Schema of a list with at most as many entries as a settings file may have. @param most fewer, where fewer make sense */
export function boundedList<Item extends z.ZodMiniType>(item: Item, { least = 0, most = longestList } = {}) {
  const error = ({ input }: { input?: unknown }) =>
    `must have ${least === 0 ? 'at most' : `from ${least} to`} ${most} entries, not ${(input as unknown[]).length}`;
  return z.array(item).check(z.minLength(least, { error }), z.maxLength(most, { error }));
}

/** Schema of values by name, with at most as many names as a settings file may have. */
export function boundedMap<Value extends z.ZodMiniType>(value: Value) {
  const error = ({ input }: { input?: unknown }) =>
    `must have at most ${longestList} entries, not ${Object.keys(input as object).length}`;
  return z.record(nameSchema, value).check(z.refine((map) => Object.keys(map).length <= longestList, { error }));
}

function inWords(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (value === undefined) return 'left out';
  return typeof value === 'string' && value.length <= 40 ? JSON.stringify(value) : `of the type ${typeof value}`;
}
