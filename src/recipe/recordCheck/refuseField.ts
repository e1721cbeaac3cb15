import { LabError } from '../../foundation/labError';

/** How far two figures may be apart that are the same but for rounding; of figures above 1 it is a share. */
const roundingTolerance = 1e-6;

export type Found = number | string | boolean | null;

/**
 * Refuses a run record for one of its fields.
 *
 * @param field path in the record, such as `arms.0.rounds.1.round`
 * @param expected what the rest of the record says that it has to be, in words: `3, one per class`
 * @throws LabError `record-invalid`, always
 */
export function refuseField(field: string, found: Found, expected: string): never {
  throw new LabError({
    code: 'record-invalid',
    message: `The run record’s field "${field}" is ${found === null ? 'missing' : String(found)}; by the rest of the record it should be ${expected}.`,
    hint: 'The file was changed after the lab wrote it, or is damaged. Ask for the original, or run it again here.',
    details: { field, found, expected },
  });
}

/** @throws LabError `record-invalid` when a value is not the one that it has to be */
export function requireEqual(field: string, found: Found, expected: Found, why: string): void {
  if (found !== expected) refuseField(field, found, `${String(expected)}, ${why}`);
}

/** @throws LabError `record-invalid` when a number is outside of `low` … `high`; both may be reached */
export function requireWithin(field: string, found: number, low: number, high: number): void {
  if (found < low || found > high) refuseField(field, found, `from ${low} to ${high}`);
}

/** @throws LabError `record-invalid` when a list has another length than it has to have */
export function requireLength(field: string, list: ArrayLike<unknown>, expected: number, why: string): void {
  if (list.length !== expected) refuseField(`${field}.length`, list.length, `${expected}, ${why}`);
}

/** @throws LabError `record-invalid` when a figure differs from what it was computed to be by more than rounding does */
export function requireClose(field: string, found: number | null, expected: number | null, why: string): void {
  if (!isClose(found, expected)) refuseField(field, found, `${expected ?? 'missing'}, ${why}`);
}

export function isClose(found: number | null, expected: number | null): boolean {
  if (found === null || expected === null) return found === expected;
  return Math.abs(found - expected) <= roundingTolerance * Math.max(1, Math.abs(expected));
}

/** @throws LabError `record-invalid` when channels are no whole numbers from 0 to `count` − 1, ascending and each once */
export function requireChannels(field: string, channels: readonly number[], count: number): void {
  for (const [index, channel] of channels.entries()) {
    const least = index === 0 ? 0 : channels[index - 1]! + 1;
    if (!Number.isInteger(channel) || channel < least || channel >= count) {
      refuseField(`${field}.${index}`, channel, `a channel from ${least} to ${count - 1}, in ascending order`);
    }
  }
}
