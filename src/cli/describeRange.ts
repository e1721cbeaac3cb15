import * as z from 'zod/mini';

/** What a schema of one number takes, in words: `whole number from 0 to 255`, `number above 0 and up to 1`. */
export function describeRange(schema: z.ZodMiniType<number>): string {
  const { type, minimum, exclusiveMinimum, maximum, exclusiveMaximum } = z.toJSONSchema(schema);
  const least = isBound(minimum) ? `from ${minimum}` : null;
  const above = exclusiveMinimum === undefined ? null : `above ${exclusiveMinimum}`;
  const most = isBound(maximum) ? `${least === null ? 'up to' : 'to'} ${maximum}` : null;
  const below = exclusiveMaximum === undefined ? null : `below ${exclusiveMaximum}`;
  const bounds = [least ?? above, most ?? below].filter((bound) => bound !== null);
  const range = least !== null && most !== null ? bounds.join(' ') : bounds.join(' and ');
  return `${type === 'integer' ? 'whole number' : 'number'}${range === '' ? '' : ` ${range}`}`;
}

/** The bounds of every whole number that can be told from its neighbours say nothing of a setting. */
function isBound(bound: number | undefined): boolean {
  return bound !== undefined && Math.abs(bound) !== Number.MAX_SAFE_INTEGER;
}
